package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;
import jakarta.inject.Inject;

/** ResNet-18: {@link ResNet} with 512 channels. */
@Doc("ResNet-18, output stride 8 or 16 by dilation, with pretrained weights.")
public final class ResNet18 extends ResNet {

  @Inject
  public ResNet18(ResNetConfig config, Kernels kernels) {
    super(ResNetDepth.RESNET18, config, kernels);
  }
}
