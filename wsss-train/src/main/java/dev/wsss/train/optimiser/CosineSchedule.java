package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** {@code ½(1 + cos(π·progress))}. */
public final class CosineSchedule implements RateSchedule {

  @Inject
  public CosineSchedule() {}

  @Override
  public double factorAt(TrainingClock clock) {
    return 0.5 * (1 + Math.cos(Math.PI * clock.progress()));
  }
}
