package dev.wsss.api.data;

import java.util.HashSet;
import java.util.List;

/**
 * The foreground classes of a data set, in their order.
 *
 * <p>Foreground class k (0 ≤ k &lt; K) is index k + 1 in an {@link IndexMask}, where 0 is
 * background and {@link IndexMask#IGNORE} is left out of every count. Tensors over classes have K
 * channels and no background.
 */
public record ClassNames(List<String> foreground) {

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
  }

  /** K, the number of foreground classes. */
  public int count() {
    return foreground.size();
  }

  /** Name of mask index {@code index}: background for 0, else foreground class index − 1. */
  public String ofMaskIndex(int index) {
    return index == 0 ? "background" : foreground.get(index - 1);
  }
}
