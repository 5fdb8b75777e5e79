package dev.wsss.train.teacher;

import dev.wsss.api.config.Doc;

/** Exponential moving average of the student. */
@Doc("Exponential moving average of the student (the paper's update).")
public record EmaConfig(
    @Doc(
            value = "Share m of the teacher that stays at each step.",
            byDefault = "0.997",
            min = 0,
            max = 1,
            origin = "paper")
        double decay,
    @Doc(value = "How the decay develops over the run.", byDefault = "constant", origin = "choice")
        Schedule schedule,
    @Doc(
            value = "Decay at the first step of the cosine schedule.",
            byDefault = "0.9",
            min = 0,
            max = 1,
            origin = "choice")
        double startDecay) {

  /** How the decay develops. */
  public enum Schedule {
    /** {@code decay} throughout. */
    CONSTANT,
    /** From {@code start-decay} to {@code decay} along half a cosine over the run. */
    COSINE,
    /** {@code min(decay, (1 + t) / (10 + t))} at step t, so that a short run's teacher keeps up. */
    WARM_UP
  }
}
