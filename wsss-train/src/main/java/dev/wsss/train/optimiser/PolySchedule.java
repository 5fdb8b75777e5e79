package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** {@code (1 − progress)^power}, the authors' schedule. */
public final class PolySchedule implements RateSchedule {
  private final PolyConfig config;

  @Inject
  public PolySchedule(PolyConfig config) {
    this.config = config;
  }

  @Override
  public double factorAt(TrainingClock clock) {
    return Math.pow(1 - clock.progress(), config.power());
  }
}
