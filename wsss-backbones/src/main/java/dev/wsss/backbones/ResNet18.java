package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.BasicBlock;
import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.MaxPool;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.weights.Architecture;
import dev.wsss.backbones.weights.Pretraining;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/**
 * ResNet-18 (He et al. 2016) without its classifier: 512 channels, torchvision's parameter names.
 *
 * <p>Output stride 32 becomes 8 by stride 1 in the last two stages, all of whose 3×3 convolutions
 * are dilated by 2 and 4; or 16 by stride 1 and dilation 2 in the last stage only.
 */
public final class ResNet18 implements Backbone {
  private final ResNet18Config config;
  private final Chain block;

  @Inject
  public ResNet18(ResNet18Config config, Kernels kernels) {
    this.config = config;
    this.block =
        layers(
            config.outputStride(),
            new PretrainedStages(config.batchNorm(), config.frozenStages()),
            kernels);
  }

  static Architecture architecture() {
    return Architecture.of(
        "resnet18",
        "fc.",
        layers(8, new PretrainedStages(BatchNormMode.TRAINED, 0), Kernels.PLAIN));
  }

  private static Chain layers(int outputStride, PretrainedStages stages, Kernels kernels) {
    boolean fine = outputStride == 8;
    return new Chain(kernels)
        .then("layout", new PreferredOrder(kernels))
        .then("conv1", stages.of(1, Convolution.square(7, 64, 2, 1)))
        .then("bn1", new BatchNorm(stages.mode(1)))
        .then("relu", new Relu())
        .then("maxpool", new MaxPool())
        .then("layer1", stages.of(1, layer(64, 64, 1, 1, stages.mode(1), kernels)))
        .level()
        .then("layer2", stages.of(2, layer(64, 128, 2, 1, stages.mode(2), kernels)))
        .level()
        .then(
            "layer3",
            stages.of(3, layer(128, 256, fine ? 1 : 2, fine ? 2 : 1, stages.mode(3), kernels)))
        .level()
        .then("layer4", stages.of(4, layer(256, 512, 1, fine ? 4 : 2, stages.mode(4), kernels)));
  }

  private static Chain layer(
      int channels, int filters, int stride, int dilation, BatchNormMode mode, Kernels kernels) {
    return Chain.of(
        kernels,
        new BasicBlock(channels, filters, stride, dilation, mode, kernels),
        new BasicBlock(filters, filters, 1, dilation, mode, kernels));
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return new FeatureSpec(512, config.outputStride());
  }

  @Override
  public List<FeatureSpec> levels() {
    return List.of(
        new FeatureSpec(64, 4),
        new FeatureSpec(128, 8),
        new FeatureSpec(256, config.outputStride()));
  }

  @Override
  public NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    return block.forwardLevels(store, images, training);
  }

  @Override
  public List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    return block.exportLevels(graph, images);
  }

  @Override
  public boolean imagesAreIndependent() {
    return config.batchNorm() != BatchNormMode.TRAINED;
  }

  @Override
  public InputSpec input() {
    return config.input().spec();
  }

  @Override
  public void pretrain(Map<String, Parameter> parameters) {
    config
        .weights()
        .ifPresent(
            file ->
                new Pretraining(architecture(), BackbonesPlugin.architectures())
                    .load(file, parameters));
  }
}
