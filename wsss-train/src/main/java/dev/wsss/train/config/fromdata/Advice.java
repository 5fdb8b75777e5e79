package dev.wsss.train.config.fromdata;

import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.train.config.binding.ConfigTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change in the configuration of a training with which nothing was learned. */
public final class Advice {
  /** By less than this factor a setting is not to blame. */
  private static final double FAR = 1.5;

  private static final AugmentationConfig UNUSED =
      new AugmentationConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);

  private static final String FIRST = "first.";

  /** Of two trainings, which one. */
  private enum Place {
    ALONE,
    FIRST,
    SECOND
  }

  private final Place place;
  private final ConfigTree own;
  private final ConfigTree first;
  private final ConfigTree both;

  private Advice(Place place, ConfigTree own, ConfigTree first, ConfigTree both) {
    this.place = place;
    this.own = own;
    this.first = first;
    this.both = both;
  }

  /**
   * For a training with no other beside it.
   *
   * @param own its configuration with every value
   */
  public static Advice alone(ConfigTree own) {
    return new Advice(Place.ALONE, own, own, own);
  }

  /**
   * For a training after which another one starts from its networks.
   *
   * @param own its configuration with every value
   * @param both that of both, with the block {@code first}
   */
  public static Advice first(ConfigTree own, ConfigTree both) {
    return new Advice(Place.FIRST, own, own, both);
  }

  /**
   * For a training that has started from the networks of a first one, which had learned.
   *
   * @param first configuration of that one, with every value
   * @param both that of both, with every value of the second
   */
  public static Advice second(ConfigTree first, ConfigTree both) {
    return new Advice(Place.SECOND, both, first, both);
  }

  /**
   * Settings that are far from what the data ask for, or where there are none, what else to look
   * at.
   *
   * @return at least one clause, the likeliest first
   */
  public List<String> of(DataFacts data) {
    List<String> changes = new ArrayList<>();
    // The rule for the rate is that of a pretrained network; others learn at larger ones.
    boolean isPretrained = own.text("network.backbone.weights").isPresent();
    (isPretrained ? far(Rule.RATE, data, true) : tooSmallForAny(data)).ifPresent(changes::add);
    if (place != Place.SECOND) { // what starts from networks has their prior
      far(Rule.PRIOR, data, true).ifPresent(changes::add);
    }
    far(Rule.EPOCHS, data, false).ifPresent(changes::add);
    if (changes.isEmpty()) {
      changes.add(
          "look at labels.csv and a few pictures: does each line say what its picture shows?");
      // With these labels the first training has learned.
      lowerRate().ifPresent(lower -> changes.add(place == Place.SECOND ? 0 : 1, lower));
      changes.add("more pictures of each class, and pictures that lack it");
    }
    return changes;
  }

  private Optional<String> tooSmallForAny(DataFacts data) {
    String right = derived(Rule.RATE, data).value();
    return own.text(Rule.RATE.key())
        .filter(now -> Double.parseDouble(now) * FAR < Double.parseDouble(right))
        .map(
            now ->
                "a larger %s than %s: with pretrained weights it would be %s, and without them more"
                    .formatted(written(Rule.RATE.key()), now, right));
  }

  private Optional<String> lowerRate() {
    String key = Rule.RATE.key();
    return own.text(key)
        .map(Double::parseDouble)
        .map(
            rate ->
                "-o %s=%s, a third%s"
                    .formatted(written(key), Rule.twoDigits(rate / 3), firstKeepsIts(key)));
  }

  /** The key as it stands in the configuration. */
  private String written(String key) {
    return place == Place.FIRST && isOfFirstAlone(key) ? FIRST + key : key;
  }

  private boolean isOfFirstAlone(String key) {
    return both.text(FIRST + key).isPresent();
  }

  /** What is written for the second training is the first one's too, unless it has its own. */
  private String firstKeepsIts(String key) {
    return place == Place.SECOND && !isOfFirstAlone(key)
        ? ", with -o %s=%s, so that the first training keeps its own"
            .formatted(FIRST + key, first.text(key).orElseThrow())
        : "";
  }

  /**
   * @param above whether a larger value than the derived one is to blame as well
   */
  private Optional<String> far(Rule rule, DataFacts data, boolean above) {
    String now = own.text(rule.key()).orElse("");
    if (now.isEmpty()) {
      return Optional.empty();
    }
    DerivedValue derived = derived(rule, data);
    double value = Double.parseDouble(now);
    double right = Double.parseDouble(derived.value());
    return value * FAR < right || (above && value > right * FAR)
        ? Optional.of(
            "-o %s=%s, which gives %s in place of %s (%s)%s"
                .formatted(
                    written(rule.key()),
                    FromData.WORD,
                    derived.value(),
                    now,
                    derived.reason(),
                    firstKeepsIts(rule.key())))
        : Optional.empty();
  }

  private DerivedValue derived(Rule rule, DataFacts data) {
    DerivedValue usual = rule.derive(data, UNUSED);
    return place == Place.SECOND ? rule.second(usual) : usual;
  }
}
