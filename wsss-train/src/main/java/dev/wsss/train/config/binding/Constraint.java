package dev.wsss.train.config.binding;

import dev.wsss.api.config.Doc;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Doc} says of a key, with nothing where there is no annotation.
 *
 * @param byDefault YAML text; empty where the key has no default of its own
 */
record Constraint(
    String text, Optional<String> byDefault, String unit, double min, double max, String origin) {
  private static final Constraint NONE =
      new Constraint(
          "", Optional.empty(), "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");

  static Constraint of(@Nullable Doc doc) {
    return doc == null
        ? NONE
        : new Constraint(
            doc.value(),
            Optional.of(doc.byDefault()).filter(text -> !text.equals(Doc.REQUIRED)),
            doc.unit(),
            doc.min(),
            doc.max(),
            doc.origin());
  }

  boolean allows(double value) {
    return value >= min && value <= max;
  }

  /** The range in words with a leading blank, for instance {@code " from 0 to 0.9"}; or nothing. */
  String range() {
    boolean below = min != Double.NEGATIVE_INFINITY;
    boolean above = max != Double.POSITIVE_INFINITY;
    if (below && above) {
      return " from " + number(min) + " to " + number(max);
    }
    return below ? " of at least " + number(min) : above ? " of at most " + number(max) : "";
  }

  /** A number without a needless {@code .0}. */
  static String number(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
