package dev.wsss.train.ablation;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.pipeline.PipelineListener;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Follows an ablation; runs are numbered from 1 in the order they are done. */
public interface AblationListener {
  /** Hears nothing. */
  AblationListener SILENT = new AblationListener() {};

  /** Called when a run's folder has got another place. */
  default void moved(Path from, Path to) {}

  /**
   * Called once, when all is checked.
   *
   * @param toTrain runs that will be trained, in their order: none that stands already, has only to
   *     be scored, or is equal to one before it
   */
  default void begins(List<PlannedRun> toTrain) {}

  /** Called before a run starts or continues; what it gives follows that run. */
  default RunListener started(int number, int of, PlannedRun run) {
    return RunListener.SILENT;
  }

  /** Called next where the cells are pipelines; what it gives follows the run's stages. */
  default PipelineListener startedPipeline(int number, int of, PlannedRun run) {
    return PipelineListener.SILENT;
  }

  /**
   * Does the work of a run, with whatever is to be open meanwhile, such as a log file.
   *
   * @param folder the run's, which exists
   */
  default RunResult during(PlannedRun run, Path folder, Supplier<RunResult> work) {
    return work.get();
  }

  /** Called when a run has a result. */
  default void finished(int number, int of, PlannedRun run, CellOutcome outcome) {}

  /** Called when a run has failed; the others go on. */
  default void failed(int number, int of, PlannedRun run, RuntimeException failure) {}
}
