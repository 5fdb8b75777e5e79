package dev.wsss.train.cli;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.ablation.CellRunner;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs an ablation's cells in this process, one after the other. */
final class RunCells implements CellRunner {
  private final Program program;

  /** Most cells of an ablation share one; reading its lists and labels takes a while. */
  private final Map<Choice<SegmentationDataset>, SegmentationDataset> data = new HashMap<>();

  RunCells(Program program) {
    this.program = program;
  }

  @Override
  public void check(PlannedRun run) {
    Run.check(resolved(run));
  }

  @Override
  public Optional<String> difference(PlannedRun run, Path folder) {
    RunFolder own = new RunFolder(folder);
    try {
      Optional<String> difference = own.difference(resolved(run).describe());
      if (difference.isPresent()) {
        return Optional.of("another configuration (" + difference.get() + ")");
      }
      return own.hasOtherData(run.config(), () -> data(run))
          ? Optional.of("other data: pictures, labels or masks have changed since")
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<RunResult> finished(Path folder) {
    return Run.finished(folder);
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, RunListener listener) {
    return new RunStarter(program).run(resolved(run), folder, Resume.CONTINUE, listener);
  }

  private ResolvedRun resolved(PlannedRun run) {
    return new ResolvedRun(run.tree(), run.config(), program.catalog(), program.arguments());
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    return data.computeIfAbsent(run.config().data(), choice -> Run.dataOf(run.config()));
  }
}
