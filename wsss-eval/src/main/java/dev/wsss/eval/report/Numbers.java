package dev.wsss.eval.report;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Shares 0…1 as text in per cent with two decimals; an en dash where there is no number. */
final class Numbers {
  static final String NONE = "–";

  private Numbers() {}

  static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** For example {@code 31.40 ± 0.52}. */
  static String percent(MeanDeviation shares) {
    return shares.count() < 2
        ? percent(shares.mean())
        : percent(shares.mean()) + " ± " + percent(shares.deviation());
  }

  /** With its sign. */
  static String change(double share) {
    if (Double.isNaN(share)) {
      return NONE;
    }
    double rounded = Math.round(share * 1e4) / 1e2 + 0.0; // no "-0.00"
    return String.format(Locale.ROOT, "%+.2f", rounded);
  }

  static String change(PairedDifference.Interval interval) {
    return Double.isNaN(interval.low())
        ? NONE
        : "[" + change(interval.low()) + ", " + change(interval.high()) + "]";
  }

  /** The smallest and largest of several, once where they agree. */
  static String thresholds(double[] thresholds) {
    if (thresholds.length == 0) {
      return NONE;
    }
    String low = threshold(DoubleStream.of(thresholds).min().orElseThrow());
    String high = threshold(DoubleStream.of(thresholds).max().orElseThrow());
    return low.equals(high) ? low : low + "–" + high;
  }

  private static String threshold(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
