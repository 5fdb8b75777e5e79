package dev.wsss.train.pipeline;

import java.nio.file.Path;

/** Follows a pipeline; stages are numbered from 1. */
public interface PipelineListener {
  /** Hears nothing. */
  PipelineListener SILENT = new PipelineListener() {};

  /** Called for a stage that is finished already. */
  default void kept(int number, int of, String stage, Path folder) {}

  /**
   * Called before a stage starts, or goes on.
   *
   * @param reason why it has work to do
   * @return what follows it
   */
  default StageListener started(int number, int of, String stage, Path folder, String reason) {
    return StageListener.SILENT;
  }

  /** Called when a stage is finished. */
  default void finished(int number, int of, String stage, StageCost cost) {}
}
