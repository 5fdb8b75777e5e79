package dev.wsss.train.loop;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.data.Example;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Words whatever can go wrong in one step: where it was, what was found, what may help.
 *
 * @param examples of the batch
 * @param parameters of the network that learns
 */
public record StepErrors(
    TrainingClock clock, List<Example> examples, Map<String, Parameter> parameters) {

  private static final String REMEDY = "; lower optimiser.rate or set optimiser.clip-norm";

  /** A loss that is NaN or infinite. */
  public TrainingException notFinite(String loss, double value) {
    return new TrainingException(
        where()
            + ": loss '"
            + loss
            + "' is "
            + value
            + (parametersFinite() ? "" : "; the parameters were not finite before this step")
            + ofBatch()
            + REMEDY
            + kept(clock));
  }

  /** A loss that is no single number. */
  public TrainingException notScalar(String loss, Shape shape) {
    return new TrainingException(
        where()
            + ": loss '"
            + loss
            + "' has shape "
            + shape
            + "; allowed is one number: sum over images, and divide by the whole batch's counts"
            + kept(clock));
  }

  /** A total above {@code training.divergence-loss}. */
  public TrainingException diverged(double total, double limit, String largest) {
    return new TrainingException(
        String.format(
            Locale.ROOT,
            "%s: training diverges: total loss %.4g is above training.divergence-loss %.4g, most"
                + " of it from '%s'%s%s%s",
            where(),
            total,
            limit,
            largest,
            ofBatch(),
            REMEDY,
            kept(clock)));
  }

  /**
   * Runs a module's method and says whose exception it is: a module knows neither its place in the
   * configuration nor the step.
   *
   * @param key where the module is configured
   */
  public <T> T named(String key, Object module, String method, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError e) { // of a jar that a module depends on
      throw new TrainingException(
          where()
              + ": "
              + key
              + " ("
              + module.getClass().getName()
              + ") failed in "
              + method
              + ": "
              + e
              + "; run.log or --debug shows where",
          e);
    }
  }

  /** As {@link #named}, for a method that gives nothing. */
  void running(String key, Object module, String method, Runnable work) {
    named(
        key,
        module,
        method,
        () -> {
          work.run();
          return this;
        });
  }

  /** An interrupt before this step. */
  static TrainingException stopped(TrainingClock clock) {
    return new TrainingException(
        "stopped in epoch " + clock.epoch() + " of " + clock.epochs() + kept(clock));
  }

  /** Ends a message: which checkpoint is kept, if there is one. */
  static String kept(TrainingClock clock) {
    return clock.epoch() > 1 ? "; the checkpoint of epoch " + (clock.epoch() - 1) + " is kept" : "";
  }

  private String where() {
    return where(clock);
  }

  /** Begins a message. */
  static String where(TrainingClock clock) {
    return "epoch " + clock.epoch() + ", step " + clock.step() + " of " + clock.steps();
  }

  private String ofBatch() {
    return "; batch: " + examples.stream().map(Example::id).collect(Collectors.joining(", "));
  }

  private boolean parametersFinite() {
    return FiniteParameters.problem(parameters).isEmpty();
  }
}
