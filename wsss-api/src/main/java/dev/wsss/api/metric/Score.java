package dev.wsss.api.metric;

import dev.wsss.api.data.ClassNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number about a split.
 *
 * @param name for example {@code miou}, {@code precision}, {@code recall}, {@code map}
 * @param mode how the threshold was chosen ({@code fixed}, {@code held-out}, {@code share}, {@code
 *     oracle}), or {@code none} where no threshold is involved; part of every printed number
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

  /**
   * The numbers by the name of their class, in the order of the classes; NaN where a class never
   * occurs.
   *
   * @throws IllegalArgumentException if there are neither K numbers nor K + 1
   */
  public Map<String, Double> byClass(ClassNames classes) {
    List<String> names = classes.ofNumbers(perClass.size());
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int i = 0; i < perClass.size(); i++) {
      byClass.put(names.get(i), perClass.get(i));
    }
    return byClass;
  }
}
