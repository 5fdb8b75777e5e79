package dev.wsss.train.loop;

import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;

/** The learning rate over a run, before the factors of parameter groups. */
record RateSchedule(OptimiserConfig config) {

  double at(TrainingClock clock) {
    double factor =
        switch (config.schedule()) {
          case POLY -> Math.pow(1 - clock.progress(), config.power());
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * clock.progress()));
          case CONSTANT -> 1;
        };
    // The first step of a warm-up already moves: a rate of zero would lose its gradient.
    double warmUp = Math.min(1, clock.step() / (double) Math.max(1, config.warmUpSteps()));
    return config.rate() * factor * warmUp;
  }
}
