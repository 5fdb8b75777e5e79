package dev.wsss.train.loop;

import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.augment.HostBatch;

/** What a {@link TrainingLoop} does with each batch. */
@FunctionalInterface
public interface LoopStep {

  /**
   * Learns from one batch.
   *
   * @throws TrainingException if training cannot go on
   */
  StepResult run(HostBatch batch, TrainingClock clock);
}
