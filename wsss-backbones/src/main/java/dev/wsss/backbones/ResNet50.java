package dev.wsss.backbones;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;
import jakarta.inject.Inject;

/** ResNet-50: {@link ResNet} with 2048 channels. */
@Doc("ResNet-50, output stride 8 or 16 by dilation, with pretrained weights.")
public final class ResNet50 extends ResNet {

  @Inject
  public ResNet50(ResNetConfig config, Kernels kernels) {
    super(ResNetDepth.RESNET50, config, kernels);
  }
}
