package dev.wsss.train.ablation;

import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
    this(plan, folder, plan.isOverPipelines() ? new CellPipelines(folder) : new CellRuns());
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
      CellProblems problems = new CellProblems(plan.cells(), plan.seeds());
      Inventory inventory = new Inventory(plan, folders, runner, problems);
      List<Standing> standings = inventory.read(changed, problems);
      new CellChecks(runner, problems).check(standings);
      problems.throwIfAny();
      inventory.arrange(standings);
      CellSequence sequence = new CellSequence(runner, folders, listener);
      AblationResult result = sequence.run(standings, this::writeCsv);
      return result.withTable(writeAll(result.outcomes()));
    }
  }

  /**
   * Runs one share of what is not finished, while other processes, on other machines too, run the
   * other shares in the same folder; on all of them the plan must be the same. Checks the runs of
   * this share, and writes nothing but their folders: {@link #run()} finds them finished and makes
   * the table.
   *
   * @return what this share has done, without a table
   * @throws AblationException with every problem, if a run cannot start; then none of this share
   *     has; for cells that are pipelines, which share their stages
   * @throws RunFolderException if the folder is in use by an ablation that is not shared, or by
   *     another share in this process, or is not an ablation's
   * @throws CancellationException if the thread is interrupted
   */
  public AblationResult run(Shard shard, Changed changed, AblationListener listener) {
    if (plan.isOverPipelines()) {
      throw new AblationException(
          List.of(
              "the cells are pipelines, whose stages lie in one folder and are made by one process;"
                  + " run the ablation as a whole, without --shard"));
    }
    requireOwnFolder();
    try (FolderLock lock = FolderLock.share(folder)) {
      CellFolders folders = new CellFolders(folder, listener);
      CellProblems problems = new CellProblems(plan.cells(), plan.seeds());
      Inventory inventory = new Inventory(plan, folders, runner, problems);
      List<Standing> mine = shard.of(lock.alone(() -> arranged(inventory, changed, problems)));
      new CellChecks(runner, problems).check(mine);
      problems.throwIfAny();
      return new CellSequence(runner, folders, listener).run(mine, outcomes -> {});
    }
  }

  /** The first share that comes moves what is to move; the others find it done. */
  private static List<Standing> arranged(
      Inventory inventory, Changed changed, CellProblems problems) {
    List<Standing> standings = inventory.read(changed, problems);
    problems.throwIfAny();
    inventory.arrange(standings);
    return standings;
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
