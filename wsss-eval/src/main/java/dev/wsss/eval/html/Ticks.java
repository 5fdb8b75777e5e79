package dev.wsss.eval.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round numbers along an axis.
 *
 * @param step between two of them: 1, 2 or 5 times a power of ten
 */
record Ticks(double low, double high, double step) {
  private static final int MOST = 6;

  /** The range widened to round numbers; a single value gets room around it. */
  static Ticks around(double low, double high) {
    double span = high > low ? high - low : Math.max(Math.abs(high), 1e-9);
    double from = high > low ? low : low - span / 2;
    double to = high > low ? high : high + span / 2;
    double step = step(to - from);
    return new Ticks(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  /** Whole numbers within a range. */
  static Ticks whole(double low, double high) {
    return new Ticks(low, high, Math.max(1, step(high - low)));
  }

  private static double step(double span) {
    double rough = Math.max(span, 1e-300) / (MOST - 1);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= rough) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Those within the range. */
  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (double at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
      values.add(at * step);
    }
    return values;
  }

  /** 0 at the low end, 1 at the high one. */
  double place(double value) {
    return high > low ? (value - low) / (high - low) : 0.5;
  }

  String label(double value) {
    double shown = value == 0 ? 0.0 : value; // no -0
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return digits > 4 || Math.abs(shown) >= 1e5
        ? String.format(Locale.ROOT, "%.1e", shown)
        : String.format(Locale.ROOT, "%." + digits + "f", shown);
  }
}
