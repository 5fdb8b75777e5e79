package dev.wsss.train.loop;

/**
 * How many images go through a network at once. More than fill the processor's cache take longer
 * for each and hold more memory: with MobileNetV2 on two cores, images of 192×192 were fastest
 * eight at a time, images of 384×384 two at a time.
 */
final class Parts {
  private static final long PIXELS = 8L * 192 * 192;

  private Parts() {}

  /** Images of so many pixels, all scales of a part together, that are best taken at once. */
  static int size(long pixelsAnImage) {
    return (int) Math.max(1, PIXELS / Math.max(1, pixelsAnImage));
  }
}
