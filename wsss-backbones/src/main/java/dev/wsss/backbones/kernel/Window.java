package dev.wsss.backbones.kernel;

/**
 * What a square convolution reads: zero-padded so that stride 1 keeps the size and stride s gives
 * ⌈H/s⌉×⌈W/s⌉.
 *
 * @param kernel pixels of a side, odd
 * @param stride input pixels between outputs
 * @param dilation input pixels between those that one output reads
 * @param groups channels are split into; their number for a depthwise convolution
 */
public record Window(int kernel, int stride, int dilation, int groups) {

  public Window {
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel must be odd, not " + kernel);
    }
    if (kernel < 1 || stride < 1 || dilation < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "kernel, stride, dilation and groups must be at least 1, not %d, %d, %d and %d"
              .formatted(kernel, stride, dilation, groups));
    }
  }

  /** Whether it reads one pixel for each output, and all its channels. */
  boolean isPointwise() {
    return kernel == 1 && stride == 1 && groups == 1;
  }

  /** Zeros on each side. */
  public int padding() {
    return dilation * (kernel - 1) / 2;
  }

  /** The output's size along an axis. */
  public long outputs(long inputs) {
    return (inputs + 2L * padding() - dilation * (kernel - 1L) - 1) / stride + 1;
  }
}
