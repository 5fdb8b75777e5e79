package dev.wsss.train.config;

import dev.wsss.api.config.Doc;

/** Stochastic gradient descent with momentum, parameter groups and a schedule. */
public record OptimiserConfig(
    @Doc(value = "Learning rate at the start.", byDefault = "0.01", min = 0, origin = "paper")
        double rate,
    @Doc(value = "Momentum.", byDefault = "0.9", min = 0, max = 0.9999, origin = "choice")
        double momentum,
    @Doc(value = "L2 penalty on weights.", byDefault = "5e-4", min = 0, origin = "authors")
        double weightDecay,
    @Doc(value = "Factor on the rate of biases.", byDefault = "2.0", min = 0, origin = "authors")
        double biasRateFactor,
    @Doc(
            value = "Whether biases, scales and shifts are penalised too.",
            byDefault = "false",
            origin = "authors")
        boolean biasDecay,
    @Doc(
            value = "Factor on the rate of layers that were not pretrained (the CAM head).",
            byDefault = "1.0",
            min = 0,
            origin = "authors")
        double newLayerRateFactor,
    @Doc(value = "How the rate falls over the run.", byDefault = "poly", origin = "authors")
        Schedule schedule,
    @Doc(value = "Exponent of the poly schedule.", byDefault = "0.9", min = 0, origin = "authors")
        double power,
    @Doc(
            value = "Steps over which the rate rises linearly from zero.",
            byDefault = "0",
            unit = "steps",
            min = 0,
            origin = "choice")
        int warmUpSteps,
    @Doc(
            value = "Largest norm of the whole gradient; longer ones are shortened. 0 is off.",
            byDefault = "0",
            min = 0,
            origin = "choice")
        double clipNorm) {

  /** How the learning rate falls. */
  public enum Schedule {
    /** rate · (1 − progress)^power. */
    POLY,
    /** rate · ½(1 + cos(π·progress)). */
    COSINE,
    /** rate. */
    CONSTANT
  }
}
