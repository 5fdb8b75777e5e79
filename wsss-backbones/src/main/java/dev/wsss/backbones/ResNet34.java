package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;
import jakarta.inject.Inject;

/** ResNet-34: {@link ResNet} with 512 channels. */
@Doc("ResNet-34, output stride 8 or 16 by dilation, with pretrained weights.")
public final class ResNet34 extends ResNet {

  @Inject
  public ResNet34(ResNetConfig config, Kernels kernels) {
    super(ResNetDepth.RESNET34, config, kernels);
  }
}
