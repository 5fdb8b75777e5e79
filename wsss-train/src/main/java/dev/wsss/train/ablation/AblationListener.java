package dev.wsss.train.ablation;

import dev.wsss.api.listener.RunListener;

/** Follows an ablation; runs are numbered from 1 in the order they are done. */
public interface AblationListener {

  /** Called before a run starts or continues; what it gives follows that run. */
  default RunListener started(int number, int of, PlannedRun run) {
    return RunListener.SILENT;
  }

  /** Called when a run has a result. */
  default void finished(int number, int of, PlannedRun run, Outcome outcome) {}

  /** Called when a run has failed; the others go on. */
  default void failed(int number, int of, PlannedRun run, RuntimeException failure) {}
}
