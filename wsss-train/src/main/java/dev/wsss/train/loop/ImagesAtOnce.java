package dev.wsss.train.loop;

/**
 * How many images go through a network at once. More than fill the processor's cache take longer
 * for each and hold more memory; late maps of a finer output stride are larger, so that fewer fit.
 * Decision 17 has the measurements.
 */
final class ImagesAtOnce {
  private static final long PIXELS = 8L * 192 * 192;
  private static final int COARSE_STRIDE = 16;

  private ImagesAtOnce() {}

  /**
   * Images that are best taken at once; at least 1.
   *
   * @param pixelsAnImage all scales of a part together
   * @param stride input pixels per cell of the network's output
   */
  static int of(long pixelsAnImage, int stride) {
    long pixels = stride < COARSE_STRIDE ? PIXELS / 2 : PIXELS;
    return (int) Math.max(1, pixels / Math.max(1, pixelsAnImage));
  }
}
