package org.example.backbone;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Cuts the picture into patches without overlap and embeds each by one convolution and a ReLU, in DJL's
 * own blocks. A rest smaller than a patch at the right or the bottom is not looked at.
 */
public final class Patches implements Backbone {
  private final PatchesConfig config;
  private final Conv2d embedding;
  private final Block block;

  @Inject
  public Patches(PatchesConfig config) {
    this.config = config;
    Shape patch = new Shape(config.side(), config.side());
    this.embedding =
        Conv2d.builder()
            .setKernelShape(patch)
            .optStride(patch)
            .setFilters(config.channels())
            .build();
    this.block = new SequentialBlock().add(embedding).add(Activation.reluBlock());
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

  /** DJL's blocks write no nodes, so the backbone does. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    var parameters = embedding.getDirectParameters();
    OnnxValue weight = graph.parameter(parameters.get("weight"));
    OnnxValue bias = graph.parameter(parameters.get("bias"));
    OnnxValue embedded =
        graph.node(
            "Conv",
            List.of(images, weight, bias),
            OnnxAttribute.list("strides", config.side(), config.side()));
    return graph.node("Relu", List.of(embedded));
  }
}
