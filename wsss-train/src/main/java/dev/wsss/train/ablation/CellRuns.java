package dev.wsss.train.ablation;

import dev.wsss.api.config.Choice;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import dev.wsss.train.wiring.InitialWeights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs an ablation's cells in this process, one after the other. */
final class CellRuns implements CellRunner {
  private final RunIdentities identities = new RunIdentities();

  /** Most cells of an ablation share one; reading its lists and labels takes a while. */
  private final Map<Choice<SegmentationDataset>, Opened> data = new HashMap<>();

  /** A data set, or why it cannot be used. */
  private record Opened(@Nullable SegmentationDataset data, @Nullable RuntimeException failure) {}

  @Override
  public void check(PlannedRun run, InitialWeights weights) {
    Run.check(run.run(), weights);
  }

  @Override
  public RunIdentity identity(PlannedRun run) {
    return identities.of(run.config(), data(run));
  }

  @Override
  public Optional<RunIdentity> identity(Path folder) {
    return new RunFolder(folder).identity();
  }

  @Override
  public Optional<RunResult> finished(Path folder) {
    return Run.finished(folder);
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, RunListener listener) {
    try (Run opened = Run.open(run.run(), folder, Resume.CONTINUE)) {
      return opened.train(listener);
    }
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    Opened opened = data.computeIfAbsent(run.config().data(), choice -> open(run));
    if (opened.data() == null) {
      throw opened.failure();
    }
    return opened.data();
  }

  private static Opened open(PlannedRun run) {
    try {
      return new Opened(Run.dataOf(run.config()), null);
    } catch (RuntimeException e) {
      return new Opened(null, e);
    }
  }
}
