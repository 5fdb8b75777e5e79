package dev.wsss.eval.refine.crf;

/**
 * How a picture's pixels are cut into strips: by their number alone, so that sums come in one order
 * on every machine.
 *
 * @param total pixels of the picture
 * @param perStrip pixels of every strip but the last
 */
record Strips(int total, int perStrip) {
  private static final int LEAST_PIXELS = 2048;
  private static final int USUAL_COUNT = 40;

  static Strips of(int total) {
    int even = (total + USUAL_COUNT - 1) / USUAL_COUNT;
    return new Strips(total, Math.min(Strip.MOST_PIXELS, Math.max(LEAST_PIXELS, even)));
  }

  int count() {
    return (total + perStrip - 1) / perStrip;
  }

  int first(int strip) {
    return strip * perStrip;
  }

  /** Pixels of the block that begins at {@code from} within a strip. */
  int block(int strip, int from) {
    return Math.min(PixelBlock.PIXELS, pixels(strip) - from);
  }

  int pixels(int strip) {
    return Math.min(perStrip, total - first(strip));
  }
}
