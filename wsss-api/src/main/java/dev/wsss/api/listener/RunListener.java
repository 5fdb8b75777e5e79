package dev.wsss.api.listener;

/** Follows a run; called on the training thread, so be quick. */
public interface RunListener {

  /** A listener that does nothing. */
  RunListener SILENT = new RunListener() {};

  /** Called after every step. */
  default void step(StepReport report) {}

  /** Called after every epoch, once its checkpoint stands. */
  default void epoch(EpochReport report) {}

  /** Called after every scored picture. */
  default void scored(int pictures, int of) {}
}
