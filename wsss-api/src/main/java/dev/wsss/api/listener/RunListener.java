package dev.wsss.api.listener;

import dev.wsss.api.metric.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a run: a log of one's own, early stopping, a validation pass. Everything is called on the
 * training thread, which waits meanwhile.
 *
 * <p>An implementation may inject its configuration record only. Listeners stand under {@code
 * listeners} in a configuration and are called in that order. One that fails stops the run, with
 * its name; the last checkpoint is kept. One that counts over epochs is {@link
 * dev.wsss.api.training.Stateful}, so that a resumed run goes on counting.
 */
public interface RunListener {

  /** A listener that does nothing. */
  RunListener SILENT = new RunListener() {};

  /** Called once, before the first step of a run or of its continuation. */
  default void started(RunView run) {}

  /** Called after every step. */
  default void step(StepReport report) {}

  /**
   * Called after every epoch. Configured listeners hear of it before its checkpoint is written,
   * which holds their state; the listener that a program hands to a run, once it stands.
   */
  default void epoch(EpochReport report) {}

  /**
   * Why training should end here, if it should: asked before every epoch, after the state of a
   * continued run was restored, so that the answer must follow from that state. The run then scores
   * and finishes as if it had been its last epoch.
   */
  default Optional<String> reasonToStop() {
    return Optional.empty();
  }

  /** Called after every scored picture. */
  default void scored(int pictures, int of) {}

  /**
   * Called once, when the run is scored and its files stand.
   *
   * @param scores by the name of the metric; empty where nothing was scored
   */
  default void finished(Map<String, List<Score>> scores) {}
}
