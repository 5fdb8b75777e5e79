package dev.wsss.train.ablation;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.ablation.CellOutcome.How;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan in a folder: what programs and the command line use. It checks every run before the
 * first one starts, keeps what is finished, goes on after a failure, and writes the files that
 * compare the cells. For example:
 *
 * <pre>{@code
 * new Ablation(AblationPlan.load("quickstart"), Path.of("runs/quickstart")).run();
 * }</pre>
 */
public final class Ablation {
  private static final Logger LOG = LoggerFactory.getLogger(Ablation.class);

  private final AblationPlan plan;
  private final Path folder;
  private final CellRunner runner;

  /** Runs in this process, one after the other. */
  public Ablation(AblationPlan plan, Path folder) {
    this(plan, folder, new CellRuns());
  }

  Ablation(AblationPlan plan, Path folder, CellRunner runner) {
    this.plan = plan;
    this.folder = folder;
    this.runner = runner;
  }

  /** Runs what is not finished, silently; refuses where a run has changed. */
  public AblationResult run() {
    return run(Changed.REFUSE, AblationListener.SILENT);
  }

  /**
   * Runs what is not finished.
   *
   * @throws AblationException with every problem, if a run cannot start; then none has
   * @throws RunFolderException if the folder is in use, or not an ablation's
   * @throws CancellationException if the thread is interrupted
   */
  public AblationResult run(Changed changed, AblationListener listener) {
    requireOwnFolder();
    try (FolderLock lock = FolderLock.take(folder)) {
      CellFolders folders = new CellFolders(folder, listener);
      Inventory inventory = new Inventory(plan, folders, runner);
      CellProblems problems = new CellProblems(plan.cells(), plan.seeds());
      List<Standing> standings = inventory.read(changed, problems);
      new CellChecks(runner, problems).check(standings);
      problems.throwIfAny();
      inventory.arrange(standings);
      return run(standings, folders, listener);
    }
  }

  private void requireOwnFolder() {
    try {
      if (new RunFolder(folder).isUsed() && !CellFolders.areIn(folder)) {
        throw new RunFolderException(
            folder + " is not empty and no ablation's folder; choose another folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private AblationResult run(
      List<Standing> standings, CellFolders folders, AblationListener listener) {
    Map<Standing, CellOutcome> known = new HashMap<>();
    Map<Standing, RuntimeException> knownFailures = new HashMap<>();
    Map<PlannedRun, CellOutcome> outcomes = new LinkedHashMap<>();
    Map<PlannedRun, RuntimeException> failures = new LinkedHashMap<>();
    int of = standings.size();
    for (int i = 0; i < of; i++) {
      Standing standing = standings.get(i);
      PlannedRun run = standing.run();
      Standing first = firstLike(standing, standings);
      if (first.isDone()) {
        known.put(first, kept(first, folders));
      } else if (first.equals(standing)) {
        RunListener follower = listener.started(i + 1, of, run);
        try {
          known.put(first, work(first, folders.at(run), listener, follower));
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
          writeCsv(outcomes);
        }
      } else if (failure != null) {
        failures.put(run, failure);
        listener.failed(i + 1, of, run, failure);
      }
    }
    return new AblationResult(outcomes, failures, writeAll(outcomes));
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

  private static CellOutcome kept(Standing standing, CellFolders folders) {
    return new CellOutcome(standing.result().orElseThrow(), folders.at(standing.run()), How.KEPT);
  }

  private CellOutcome work(
      Standing standing, Path at, AblationListener listener, RunListener follower) {
    PlannedRun run = standing.run();
    try {
      Files.createDirectories(at);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + at + ": " + e.getMessage(), e);
    }
    RunResult result = listener.during(run, at, () -> runner.run(run, at, follower));
    return new CellOutcome(result, at, standing.result().isPresent() ? How.RESCORED : How.TRAINED);
  }

  /** The runs go on where it cannot be written: it is written again after each. */
  private void writeCsv(Map<PlannedRun, CellOutcome> outcomes) {
    try {
      report(outcomes).writeCsv(folder);
    } catch (UncheckedIOException e) {
      LOG.warn(e.getMessage());
    }
  }

  private Optional<String> writeAll(Map<PlannedRun, CellOutcome> outcomes) {
    return outcomes.isEmpty() ? Optional.empty() : report(outcomes).writeAll(folder);
  }

  private AblationReport report(Map<PlannedRun, CellOutcome> outcomes) {
    PlannedRun any = outcomes.keySet().iterator().next();
    return new AblationReport(plan, runner.data(any), outcomes);
  }
}
