package dev.wsss.backbones.layer;

import dev.wsss.api.network.Kernels;

/**
 * Two 3×3 convolutions and a shortcut (He et al. 2016, figure 2): {@code relu(bn2(conv2(relu(
 * bn1(conv1(x))))) + shortcut(x))}. Both are dilated.
 */
public final class BasicBlock extends ResidualBlock {

  public BasicBlock(
      int channels, int filters, int stride, int dilation, BatchNormMode mode, Kernels kernels) {
    super(
        new Chain(kernels)
            .then("conv1", Convolution.square(3, filters, stride, dilation))
            .then("bn1", new BatchNorm(mode))
            .then("relu", new Relu())
            .then("conv2", Convolution.square(3, filters, 1, dilation))
            .then("bn2", new BatchNorm(mode)),
        channels,
        filters,
        stride,
        mode,
        kernels);
  }
}
