package dev.wsss.backbones.head.segmentation;

import java.util.List;

/** The dilations of parallel branches. */
final class Dilations {
  private static final int LARGEST = 256;

  private Dilations() {}

  /**
   * The same list.
   *
   * @throws IllegalArgumentException if it is empty or one is not from 1 to 256
   */
  static List<Integer> check(List<Integer> dilations) {
    if (dilations.isEmpty() || dilations.stream().anyMatch(d -> d < 1 || d > LARGEST)) {
      throw new IllegalArgumentException(
          "dilations are " + dilations + "; allowed are one or more from 1 to " + LARGEST);
    }
    return List.copyOf(dilations);
  }
}
