package dev.wsss.api.metric;

import java.util.List;

/**
 * One number about a split.
 *
 * @param name for example {@code miou}, {@code precision}, {@code recall}, {@code map}
 * @param mode how the threshold was chosen ({@code fixed}, {@code held-out}, {@code oracle}), or
 *     {@code none} where no threshold is involved; part of every printed number
 * @param threshold the threshold, NaN where none is involved
 * @param value 0…1
 * @param perClass the same by class (background first where it counts); NaN where a class never
 *     occurs; empty where not meaningful
 */
public record Score(
    String name, String mode, double threshold, double value, List<Double> perClass) {
  /** The mode of a point of a curve, whose threshold nobody chose. */
  public static final String EVERY = "every";

  public Score {
    perClass = List.copyOf(perClass);
  }
}
