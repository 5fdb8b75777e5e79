package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/** Does the work of an ablation's runs; the order and the bookkeeping are {@link Ablation}'s. */
public interface CellRunner {

  /** Wires a run and throws whatever is wrong with it; trains nothing. */
  void check(PlannedRun run);

  /**
   * Says what else a folder was made with: another configuration, or data that has changed since.
   *
   * @return one line; empty where all is equal or the folder holds no run
   */
  Optional<String> difference(PlannedRun run, Path folder);

  /** The result in the folder of a finished run; empty where it has none. */
  Optional<RunResult> finished(Path folder);

  /** Trains and scores; goes on where an earlier start has left a checkpoint. */
  RunResult run(PlannedRun run, Path folder, RunListener listener);

  /** The data set of a run, for the report. */
  SegmentationDataset data(PlannedRun run);
}
