package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;
import java.util.Map;

/**
 * Moves a network once a step's gradients are complete: clips them, lets the optimiser step at the
 * schedule's rate, and sets them to zero.
 */
public final class StudentUpdate {
  private final Map<String, Parameter> parameters;
  private final OptimiserConfig config;
  private final Optimiser optimiser;
  private final RateSchedule schedule;

  /**
   * @param parameters of the network that learns, by dotted name
   */
  public StudentUpdate(
      Map<String, Parameter> parameters,
      OptimiserConfig config,
      Optimiser optimiser,
      RateSchedule schedule) {
    this.parameters = parameters;
    this.config = config;
    this.optimiser = optimiser;
    this.schedule = schedule;
  }

  /**
   * Applies the gradients that the parameters have collected; call it outside any gradient
   * collection, with a scope open that closes what it allocates.
   *
   * @return the rate before group factors
   */
  public double apply(TrainingClock clock, StepErrors errors) {
    double rate = errors.named("optimiser.schedule", schedule, "factorAt", () -> rateAt(clock));
    NDList gradients = gradients();
    if (config.clipNorm() > 0) {
      clip(gradients);
    }
    errors.running("optimiser", optimiser, "step", () -> optimiser.step(rate, clock));
    FusedUpdates.zero(gradients);
    return rate;
  }

  private NDList gradients() {
    return new NDList(
        parameters.values().stream()
            .filter(Parameter::requiresGradient)
            .map(parameter -> parameter.getArray().getGradient())
            .toList());
  }

  private double rateAt(TrainingClock clock) {
    double factor = schedule.factorAt(clock);
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          "the factor is " + factor + "; allowed is a finite number of at least 0");
    }
    // The first step of a warm-up already moves: a rate of zero would lose its gradient.
    double warmUp = Math.min(1, clock.step() / (double) Math.max(1, config.warmUpSteps()));
    return config.rate() * factor * warmUp;
  }

  private void clip(NDList gradients) {
    double squares = 0;
    for (NDArray gradient : gradients) {
      squares += gradient.square().sum().getFloat();
    }
    double norm = Math.sqrt(squares);
    if (norm > config.clipNorm()) {
      gradients.forEach(gradient -> gradient.muli((float) (config.clipNorm() / norm)));
    }
  }
}
