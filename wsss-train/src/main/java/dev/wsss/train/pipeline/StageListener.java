package dev.wsss.train.pipeline;

import dev.wsss.api.listener.RunListener;

/** Follows a stage at work. */
public interface StageListener {
  /** Hears nothing. */
  StageListener SILENT = new StageListener() {};

  /** What follows a training in this stage. */
  default RunListener training() {
    return RunListener.SILENT;
  }

  /** Called when a picture is done, from several threads; those done in earlier sessions count. */
  default void picture(int done, int of) {}
}
