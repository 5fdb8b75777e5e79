package dev.wsss.api.optimiser;

import dev.wsss.api.training.TrainingClock;

/**
 * How the learning rate develops over a run.
 *
 * <p>An implementation may inject its configuration record only. It keeps nothing, so that a
 * resumed run needs the clock alone.
 */
public interface RateSchedule {

  /**
   * Factor on {@code optimiser.rate} at a step: finite and not negative. A warm-up ({@code
   * optimiser.warm-up-steps}) is multiplied on top.
   */
  double factorAt(TrainingClock clock);
}
