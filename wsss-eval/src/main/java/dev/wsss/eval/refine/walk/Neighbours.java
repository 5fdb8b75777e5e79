package dev.wsss.eval.refine.walk;

import java.util.ArrayList;
import java.util.List;

/**
 * Which cells of a grid are looked at together: those less than a radius apart, each pair once.
 *
 * <p>The second cell of a pair lies in a lower row, or to the right in the same row: {@code dy = 0,
 * dx > 0} or {@code dy > 0}, with dx² + dy² &lt; radius². Radius 5 gives 34 pairs a cell (Ahn and
 * Kwak 2018).
 *
 * @param radius in cells, 2 or more
 * @param steps from the first cell of a pair to the second
 */
public record Neighbours(int radius, List<Step> steps) {

  /** Columns and rows from one cell to the other. */
  public record Step(int dx, int dy) {}

  public Neighbours {
    steps = List.copyOf(steps);
  }

  /**
   * All pairs.
   *
   * @throws IllegalArgumentException if the radius is below 2, which gives none
   */
  public static Neighbours within(int radius) {
    if (radius < 2) {
      throw new IllegalArgumentException(
          "a radius of " + radius + " has no pairs; it is 2 or more");
    }
    List<Step> steps = new ArrayList<>();
    for (int dy = 0; dy < radius; dy++) {
      for (int dx = dy == 0 ? 1 : 1 - radius; dx < radius; dx++) {
        if (dx * dx + dy * dy < radius * radius) {
          steps.add(new Step(dx, dy));
        }
      }
    }
    return new Neighbours(radius, steps);
  }
}
