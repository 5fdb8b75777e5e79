package dev.wsss.train.run;

import dev.wsss.api.metric.Metric;
import dev.wsss.train.config.ScoringConfig;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The score from which a pixel of a mask gets its class, and how it was chosen.
 *
 * <p>In this order: {@value #GIVEN} by the caller; {@value #HELD_OUT}, the best one on training
 * pictures set apart; {@value #FIXED}, that of a metric's configuration; {@value #CONFIGURED}, the
 * key {@code scoring.mask-threshold}. Never the best one on the very pictures that get the masks:
 * such masks would be tuned to the truth that they are compared with.
 *
 * @param value 0…1
 * @param mode one of the four
 */
public record MaskThreshold(double value, String mode) {
  /** Chosen by the caller. */
  public static final String GIVEN = "given";

  /** Chosen on training pictures set apart. */
  public static final String HELD_OUT = "held-out";

  /** Chosen by the configuration of a metric, which reports it. */
  public static final String FIXED = "fixed";

  /** Chosen by the key {@code scoring.mask-threshold}. */
  public static final String CONFIGURED = "mask-threshold";

  /** In the order above, from the metrics that are read, by their own order. */
  public static MaskThreshold choose(
      OptionalDouble given,
      OptionalDouble heldOut,
      Collection<Metric<?>> metrics,
      ScoringConfig scoring) {
    if (given.isPresent()) {
      return new MaskThreshold(given.getAsDouble(), GIVEN);
    }
    if (heldOut.isPresent()) {
      return new MaskThreshold(heldOut.getAsDouble(), HELD_OUT);
    }
    return metrics.stream()
        .flatMapToDouble(metric -> metric.fixedThreshold().stream())
        .mapToObj(fixed -> new MaskThreshold(fixed, FIXED))
        .findFirst()
        .orElseGet(() -> new MaskThreshold(scoring.maskThreshold(), CONFIGURED));
  }

  /** For example {@code 0.30 (mask-threshold)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%s)", value, mode);
  }
}
