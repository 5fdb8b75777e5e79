package dev.wsss.train.ablation;

import dev.wsss.eval.report.IoReason;
import dev.wsss.train.ablation.CellOutcome.How;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Runs that are checked and in their places, one after the other; goes on after a failure. */
final class CellSequence {
  private final CellRunner runner;
  private final CellFolders folders;
  private final AblationListener listener;

  CellSequence(CellRunner runner, CellFolders folders, AblationListener listener) {
    this.runner = runner;
    this.folders = folders;
    this.listener = listener;
  }

  /**
   * Runs what is not done.
   *
   * @param after each run that was not there before, with what there is by then
   */
  AblationResult run(List<Standing> standings, Consumer<Map<PlannedRun, CellOutcome>> after) {
    Map<Standing, CellOutcome> known = new HashMap<>();
    Map<Standing, RuntimeException> knownFailures = new HashMap<>();
    Map<PlannedRun, CellOutcome> outcomes = new LinkedHashMap<>();
    Map<PlannedRun, RuntimeException> failures = new LinkedHashMap<>();
    listener.begins(
        standings.stream()
            .filter(s -> s.result().isEmpty() && firstLike(s, standings).equals(s))
            .map(Standing::run)
            .toList());
    int of = standings.size();
    for (int i = 0; i < of; i++) {
      Standing standing = standings.get(i);
      PlannedRun run = standing.run();
      Standing first = firstLike(standing, standings);
      if (first.isDone()) {
        known.put(first, kept(first));
      } else if (first.equals(standing)) {
        int number = i + 1;
        CellFollower follower =
            new CellFollower(
                listener.started(number, of, run), () -> listener.startedPipeline(number, of, run));
        try {
          known.put(first, work(first, follower));
        } catch (RuntimeException e) {
          if (Thread.currentThread().isInterrupted() || e instanceof CancellationException) {
            throw e; // not this run's fault: the whole ablation is to stop
          }
          knownFailures.put(first, e);
        }
      }
      CellOutcome outcome = known.get(first);
      RuntimeException failure = knownFailures.get(first);
      if (outcome != null) {
        CellOutcome own = first.equals(standing) ? outcome : outcome.shared();
        outcomes.put(run, own);
        listener.finished(i + 1, of, run, own);
        if (own.how() != How.KEPT) {
          after.accept(outcomes);
        }
      } else if (failure != null) {
        failures.put(run, failure);
        listener.failed(i + 1, of, run, failure);
      }
    }
    return new AblationResult(outcomes, failures, Optional.empty());
  }

  /** The run itself if it is done, else the first that is equal; one that is done counts most. */
  private static Standing firstLike(Standing standing, List<Standing> all) {
    if (standing.isDone()) {
      return standing;
    }
    List<Standing> equal =
        all.stream().filter(s -> s.identity().scoresLike(standing.identity())).toList();
    return equal.stream().filter(Standing::isDone).findFirst().orElse(equal.get(0));
  }

  private CellOutcome kept(Standing standing) {
    return new CellOutcome(standing.result().orElseThrow(), folders.at(standing.run()), How.KEPT);
  }

  private CellOutcome work(Standing standing, CellFollower follower) {
    PlannedRun run = standing.run();
    Path at = folders.at(run);
    try {
      Files.createDirectories(at);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + at + ": " + IoReason.of(e), e);
    }
    RunResult result = listener.during(run, at, () -> runner.run(run, at, follower));
    return new CellOutcome(result, at, standing.result().isPresent() ? How.RESCORED : How.TRAINED);
  }
}
