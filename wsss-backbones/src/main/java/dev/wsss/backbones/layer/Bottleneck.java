package dev.wsss.backbones.layer;

import dev.wsss.api.network.Kernels;

/**
 * A 1×1 convolution to few channels, a 3×3, a 1×1 to four times as many, and a shortcut (He et al.
 * 2016, figure 5): {@code relu(bn3(conv3(relu(bn2(conv2(relu(bn1(conv1(x)))))))) + shortcut(x))}.
 *
 * <p>The 3×3 has the stride, as in torchvision ("v1.5"), and the dilation; the paper's first 1×1
 * has the stride.
 */
public final class Bottleneck extends ResidualBlock {
  /** Output channels for each filter of the 3×3. */
  public static final int EXPANSION = 4;

  /**
   * @param filters of the 3×3; the output has four times as many channels
   */
  public Bottleneck(
      int channels, int filters, int stride, int dilation, BatchNormMode mode, Kernels kernels) {
    super(
        new Chain(kernels)
            .then("conv1", Convolution.pointwise(filters))
            .then("bn1", new BatchNorm(mode))
            .then("relu1", new Relu())
            .then("conv2", Convolution.square(3, filters, stride, dilation))
            .then("bn2", new BatchNorm(mode))
            .then("relu2", new Relu())
            .then("conv3", Convolution.pointwise(EXPANSION * filters))
            .then("bn3", new BatchNorm(mode)),
        channels,
        EXPANSION * filters,
        stride,
        mode,
        kernels);
  }
}
