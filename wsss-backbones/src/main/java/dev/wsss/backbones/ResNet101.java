package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;
import jakarta.inject.Inject;

/** ResNet-101: {@link ResNet} with 2048 channels. */
@Doc("ResNet-101, output stride 8 or 16 by dilation, with pretrained weights.")
public final class ResNet101 extends ResNet {

  @Inject
  public ResNet101(ResNetConfig config, Kernels kernels) {
    super(ResNetDepth.RESNET101, config, kernels);
  }
}
