package dev.wsss.train.loop;

/**
 * How many images go through a network at once. More than fill the processor's cache take longer
 * for each and hold more memory. On two cores, with MobileNetV2 at output stride 16 images of
 * 192×192 were fastest eight at a time and of 384×384 two at a time; with ResNet-18 at stride 8,
 * whose late maps are four times as large, half as many.
 */
final class Parts {
  private static final long PIXELS = 8L * 192 * 192;
  private static final int COARSE_STRIDE = 16;

  private Parts() {}

  /**
   * Images that are best taken at once.
   *
   * @param pixelsAnImage all scales of a part together
   * @param stride input pixels per cell of the network's output
   */
  static int size(long pixelsAnImage, int stride) {
    long pixels = stride < COARSE_STRIDE ? PIXELS / 2 : PIXELS;
    return (int) Math.max(1, pixels / Math.max(1, pixelsAnImage));
  }
}
