package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.train.config.binding.Inline;
import dev.wsss.train.optimiser.PolyConfig;
import java.util.Optional;

/** An optimiser with what belongs to every optimiser: rate, schedule and parameter groups. */
public record OptimiserConfig(
    @Doc(value = "Learning rate at the start.", byDefault = "0.01", min = 0, origin = "paper")
        double rate,
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
    @Doc(
            value = "How the rate develops over the run: a name, or a type with its keys.",
            byDefault = "{type: poly}",
            origin = "authors")
        Choice<RateSchedule> schedule,
    @Doc("Exponent of the poly schedule; short for schedule.power.") Optional<Double> power,
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
        double clipNorm,
    @Inline @Doc("How parameters move.") Choice<Optimiser> module) {

  public OptimiserConfig {
    if (power.isPresent() && schedule.config() instanceof PolyConfig) {
      schedule = new Choice<>(schedule.module(), new PolyConfig(power.get()));
      power = Optional.empty(); // it stands in the schedule from here on
    }
  }
}
