package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.provenance.RunIdentities;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import dev.wsss.train.wiring.InitialWeights;
import java.nio.file.Path;

/** Runs an ablation's cells in this process, one after the other. */
final class CellRuns implements CellRunner {
  private final RunIdentities identities = new RunIdentities();

  private final CellData data = new CellData();

  @Override
  public void check(PlannedRun run, InitialWeights weights) {
    Run.check(run.run(), weights);
  }

  @Override
  public RunIdentity identity(PlannedRun run) {
    return identities.of(run.config(), data(run));
  }

  @Override
  public RunResult run(PlannedRun run, Path folder, CellFollower follower) {
    try (Run opened = Run.open(run.run(), folder, Resume.CONTINUE)) {
      return opened.train(follower.run());
    }
  }

  @Override
  public SegmentationDataset data(PlannedRun run) {
    return data.of(run);
  }
}
