package org.example.backbone;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import jakarta.inject.Inject;

/**
 * Cuts the picture into patches without overlap and embeds each by one convolution and a ReLU, in DJL's
 * own blocks. A rest smaller than a patch at the right or the bottom is not looked at.
 */
public final class Patches implements Backbone {
  private final PatchesConfig config;
  private final Block block;

  @Inject
  public Patches(PatchesConfig config) {
    this.config = config;
    Shape patch = new Shape(config.side(), config.side());
    this.block =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setKernelShape(patch)
                    .optStride(patch)
                    .setFilters(config.channels())
                    .build())
            .add(Activation.reluBlock());
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return new FeatureSpec(config.channels(), config.side());
  }

  @Override
  public int gridCells(int pixels) {
    return pixels / config.side();
  }

  @Override
  public InputSpec input() {
    return InputSpec.CENTRED;
  }

  @Override
  public boolean imagesAreIndependent() {
    return true; // no batch norm
  }
}
