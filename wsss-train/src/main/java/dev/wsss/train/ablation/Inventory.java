package dev.wsss.train.ablation;

import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Finds for each planned run the folder where it stands, by what it is and not by its name: a run
 * of a renamed cell, or one that was moved to {@code replaced/}, is found again.
 */
final class Inventory {
  private final AblationPlan plan;
  private final CellFolders folders;
  private final CellRunner runner;
  private final Map<PlannedRun, RunIdentity> wanted;

  /**
   * Works out what every planned run is, for which its data are read. Adds what stands in the way
   * to the problems, as {@link #read} does.
   */
  Inventory(AblationPlan plan, CellFolders folders, CellRunner runner, CellProblems problems) {
    this.plan = plan;
    this.folders = folders;
    this.runner = runner;
    this.wanted = wanted(plan, runner, problems);
  }

  /** What there is of each run; moves nothing, and reads a small file of each folder. */
  List<Standing> read(Changed changed, CellProblems problems) {
    Map<Path, RunIdentity> there = there(problems);
    Map<PlannedRun, Path> sources = sources(there);
    List<Standing> standings = new ArrayList<>();
    wanted.forEach(
        (run, identity) -> {
          Path place = folders.at(run);
          Optional<Path> from = Optional.ofNullable(sources.get(run));
          RunIdentity before = there.get(place);
          boolean isPlaceTaken =
              from.isPresent() ? !from.get().equals(place) && Files.exists(place) : before != null;
          if (from.isEmpty() && before != null && changed == Changed.REFUSE) {
            problems.addChanged(run, identity.changesSince(before));
          }
          Optional<RunResult> result = Optional.empty();
          try {
            result = from.flatMap(runner::finished);
          } catch (RunFolderException e) {
            problems.add(run, e);
          }
          standings.add(
              new Standing(
                  run,
                  identity,
                  from,
                  result,
                  from.map(there::get).filter(identity::scoresLike).isPresent(),
                  isPlaceTaken));
        });
    return standings;
  }

  private static Map<PlannedRun, RunIdentity> wanted(
      AblationPlan plan, CellRunner runner, CellProblems problems) {
    Map<PlannedRun, RunIdentity> wanted = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      stopIfInterrupted();
      try {
        wanted.put(run, runner.identity(run));
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        problems.add(run, e);
      }
    }
    return wanted;
  }

  /** Identities of all runs that stand in the ablation's folder. */
  private Map<Path, RunIdentity> there(CellProblems problems) {
    Map<Path, PlannedRun> places = new HashMap<>();
    plan.runs().forEach(run -> places.put(folders.at(run), run));
    Map<Path, RunIdentity> there = new LinkedHashMap<>();
    for (Path folder : folders.all()) {
      stopIfInterrupted();
      try {
        runner.identity(folder).ifPresent(identity -> there.put(folder, identity));
      } catch (RunFolderException e) {
        PlannedRun run = places.get(folder);
        if (run != null) { // what nobody asks for may be as it is
          problems.add(run, e);
        }
      }
    }
    return there;
  }

  private Map<PlannedRun, Path> sources(Map<Path, RunIdentity> there) {
    Map<PlannedRun, Path> sources = new HashMap<>();
    Map<Path, RunIdentity> free = new LinkedHashMap<>(there);
    wanted.forEach(
        (run, identity) -> {
          Path place = folders.at(run);
          RunIdentity before = there.get(place);
          if (before != null && identity.trainsLike(before)) {
            sources.put(run, place);
            free.remove(place);
          }
        });
    wanted.forEach(
        (run, identity) -> {
          if (!sources.containsKey(run)) {
            nearest(identity, free)
                .ifPresent(
                    found -> {
                      sources.put(run, found);
                      free.remove(found);
                    });
          }
        });
    return sources;
  }

  /** Of the runs with the same training, the one with the least left to do. */
  private Optional<Path> nearest(RunIdentity identity, Map<Path, RunIdentity> free) {
    return free.entrySet().stream()
        .filter(entry -> identity.trainsLike(entry.getValue()))
        .max(
            Comparator.comparing((Map.Entry<Path, RunIdentity> entry) -> isFinished(entry.getKey()))
                .thenComparing(entry -> identity.scoresLike(entry.getValue())))
        .map(Map.Entry::getKey);
  }

  /** A damaged result is told where a run asks for it. */
  private boolean isFinished(Path folder) {
    try {
      return runner.finished(folder).isPresent();
    } catch (RunFolderException e) {
      return false;
    }
  }

  /** Brings every run to its place; what stands there in its way moves to {@code replaced/}. */
  void arrange(List<Standing> standings) {
    Map<Path, Path> aside = new HashMap<>();
    for (Standing standing : standings) {
      if (standing.isPlaceTaken()) {
        Path place = folders.at(standing.run());
        aside.put(place, folders.setAside(place));
      }
    }
    for (Standing standing : standings) {
      Path place = folders.at(standing.run());
      standing
          .from()
          .filter(from -> !from.equals(place))
          .ifPresent(from -> folders.move(aside.getOrDefault(from, from), place));
    }
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("stopped before the first run was started");
    }
  }
}
