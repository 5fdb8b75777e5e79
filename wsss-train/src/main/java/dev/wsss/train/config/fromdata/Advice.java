package dev.wsss.train.config.fromdata;

import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change in a configuration with which nothing was learned. */
public final class Advice {
  /** By less than this factor a setting is not to blame. */
  private static final double FAR = 1.5;

  private static final AugmentationConfig UNUSED =
      new AugmentationConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);

  private Advice() {}

  /**
   * Settings that are far from what the data ask for, or where there are none, what else to look
   * at.
   *
   * @param resolved a configuration with every value
   * @return at least one clause
   */
  public static List<String> of(ConfigTree resolved, DataFacts data) {
    List<String> changes = new ArrayList<>();
    // The rule for the rate is that of a pretrained network.
    if (resolved.text("network.backbone.weights").isPresent()) {
      far(Rule.RATE, resolved, data, true).ifPresent(changes::add);
    }
    far(Rule.PRIOR, resolved, data, true).ifPresent(changes::add);
    far(Rule.EPOCHS, resolved, data, false).ifPresent(changes::add);
    if (changes.isEmpty()) {
      changes.add(
          "look at labels.csv and a few pictures: does each line say what its picture shows?");
      resolved
          .text(Rule.RATE.key())
          .map(Double::parseDouble)
          .ifPresent(
              rate ->
                  changes.add("-o optimiser.rate=%s, a third".formatted(Rule.twoDigits(rate / 3))));
      changes.add("more pictures of each class, and pictures that lack it");
    }
    return changes;
  }

  /**
   * @param above whether a larger value than the derived one is to blame as well
   */
  private static Optional<String> far(
      Rule rule, ConfigTree resolved, DataFacts data, boolean above) {
    Optional<Double> now = resolved.text(rule.key()).map(Double::parseDouble);
    DerivedValue derived = rule.derive(data, UNUSED);
    double right = Double.parseDouble(derived.value());
    return now.filter(value -> value * FAR < right || (above && value > right * FAR))
        .map(
            value ->
                "-o %s=%s, which gives %s in place of %s (%s)"
                    .formatted(
                        rule.key(),
                        FromData.WORD,
                        derived.value(),
                        resolved.text(rule.key()).orElse(""),
                        derived.reason()));
  }
}
