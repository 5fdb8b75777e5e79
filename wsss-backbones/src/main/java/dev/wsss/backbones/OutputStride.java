package dev.wsss.backbones;

/** How many pixels of the input a cell of the features is wide, where dilation keeps it small. */
final class OutputStride {
  private OutputStride() {}

  /**
   * Checks the key.
   *
   * @throws IllegalArgumentException if it is neither 8 nor 16
   */
  static void require(int pixels) {
    if (pixels != 8 && pixels != 16) {
      throw new IllegalArgumentException("output-stride is " + pixels + "; allowed: 8, 16");
    }
  }
}
