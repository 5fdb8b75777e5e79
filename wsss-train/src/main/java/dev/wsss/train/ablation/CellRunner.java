package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import dev.wsss.train.wiring.InitialWeights;
import java.nio.file.Path;
import java.util.Optional;

/** Does the work of an ablation's runs; the order and the bookkeeping are {@link Ablation}'s. */
interface CellRunner {

  /**
   * Wires a run and throws whatever is wrong with it; trains nothing.
   *
   * @param weights whether pretrained weights are read too
   */
  void check(PlannedRun run, InitialWeights weights);

  /** What the numbers of a run will depend on. */
  RunIdentity identity(PlannedRun run);

  /** What the numbers of the run in a folder depend on; empty where it holds none. */
  default Optional<RunIdentity> identity(Path folder) {
    return new RunFolder(folder).identity();
  }

  /** The result in the folder of a finished run; empty where it has none. */
  default Optional<RunResult> finished(Path folder) {
    return Run.finished(folder);
  }

  /** Does all the work of a run; goes on where an earlier start was broken off. */
  RunResult run(PlannedRun run, Path folder, CellFollower follower);

  /** The data set of a run. */
  SegmentationDataset data(PlannedRun run);
}
