package dev.wsss.train.cli;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.ablation.CellRunner;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs an ablation's cells in this process, one after the other. */
final class RunCells implements CellRunner {
  private final RunStarter starter;

  /** Most cells of an ablation share one; reading its lists and labels takes a while. */
  private final Map<Choice<SegmentationDataset>, SegmentationDataset> data = new HashMap<>();

  RunCells(RunStarter starter) {
    this.starter = starter;
  }

  @Override
  public void check(PlannedRun run) {
    Run.wire(run.config()).close();
  }

  @Override
  public Optional<String> difference(PlannedRun run, Path folder) {
    Optional<String> difference = starter.difference(run.tree(), run.config(), folder);
    if (difference.isPresent()) {
      return Optional.of("another configuration (" + difference.get() + ")");
    }
    return starter.hasOtherData(run.config(), () -> data(run), folder)
        ? Optional.of("other data: pictures, labels or masks have changed since")
        : Optional.empty();
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
    return data.computeIfAbsent(run.config().data(), choice -> Run.dataOf(run.config()));
  }
}
