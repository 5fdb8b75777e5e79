package org.example.schedule;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** {@code ½^⌊(epoch − 1) / n⌋}. */
public final class Halving implements RateSchedule {
  private final int epochs;

  @Inject
  public Halving(HalvingConfig config) {
    this.epochs = config.epochs();
  }

  @Override
  public double factorAt(TrainingClock clock) {
    return Math.pow(0.5, (clock.epoch() - 1) / epochs);
  }
}
