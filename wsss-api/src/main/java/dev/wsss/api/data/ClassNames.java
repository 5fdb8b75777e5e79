package dev.wsss.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The foreground classes of a data set, in their order.
 *
 * <p>Foreground class k (0 ≤ k &lt; K) is index k + 1 in an {@link IndexMask}, where 0 is
 * background and {@link IndexMask#IGNORE} is left out of every count. Tensors over classes have K
 * channels and no background.
 */
public record ClassNames(List<String> foreground) {
  /** The name of mask index 0. */
  public static final String BACKGROUND = "background";

  public ClassNames {
    foreground = List.copyOf(foreground);
    if (foreground.isEmpty()) {
      throw new IllegalArgumentException("a data set needs at least one foreground class");
    }
    if (foreground.size() > 254) {
      throw new IllegalArgumentException(
          foreground.size() + " foreground classes; a mask of bytes allows at most 254");
    }
    if (new HashSet<>(foreground).size() != foreground.size()) {
      throw new IllegalArgumentException("class names repeat: " + foreground);
    }
    if (foreground.contains(BACKGROUND)) {
      throw new IllegalArgumentException(
          "'background' is the name of mask index 0, not of a foreground class");
    }
  }

  /** K, the number of foreground classes. */
  public int count() {
    return foreground.size();
  }

  /** Name of mask index {@code index}: background for 0, else foreground class index − 1. */
  public String ofMaskIndex(int index) {
    return index == 0 ? BACKGROUND : foreground.get(index - 1);
  }

  /**
   * The names that belong to a list of numbers by class: the foreground classes for K numbers, with
   * background before them for K + 1, none for none.
   *
   * @throws IllegalArgumentException for another number of numbers
   */
  public List<String> ofNumbers(int numbers) {
    if (numbers == 0) {
      return List.of();
    }
    if (numbers != count() && numbers != count() + 1) {
      throw new IllegalArgumentException(
          "%d numbers by class; there are %d classes, or %d with background"
              .formatted(numbers, count(), count() + 1));
    }
    int first = numbers == count() ? 1 : 0;
    return IntStream.rangeClosed(first, count()).mapToObj(this::ofMaskIndex).toList();
  }
}
