package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;

/** The rate stays as it is. */
public final class ConstantSchedule implements RateSchedule {

  @Inject
  public ConstantSchedule() {}

  @Override
  public double factorAt(TrainingClock clock) {
    return 1;
  }
}
