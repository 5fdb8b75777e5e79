package dev.wsss.train.cli;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.ablation.CellRunner;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunListener;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/** Runs an ablation's cells in this process, one after the other. */
final class RunCells implements CellRunner {
  private final RunStarter starter;

  RunCells(RunStarter starter) {
    this.starter = starter;
  }

  @Override
  public void check(PlannedRun run) {
    Run.wire(run.config()).close();
  }

  @Override
  public Optional<String> difference(PlannedRun run, Path folder) {
    return starter.difference(run.tree(), run.config(), folder);
  }

  @Override
  public Optional<RunResult> finished(Path folder) {
    return Run.finished(folder);
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, RunListener listener) {
    return starter.run(run.tree(), run.config(), folder, Resume.CONTINUE, listener);
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    // A data set holds no native memory and outlives its run.
    try (Run wired = Run.wire(run.config())) {
      return wired.data();
    }
  }
}
