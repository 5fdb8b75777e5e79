package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.BatchNorm;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.MaxPool;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.weights.Architecture;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A residual network (He et al. 2016) without its classifier: 512 channels of basic blocks or 2048
 * of bottlenecks, torchvision's parameter names.
 *
 * <p>Output stride 32 becomes 16 by stride 1 in the last stage and 8 by stride 1 in the last two.
 * Each of them dilates its 3×3 convolutions by 2 times what the stage before did. Where blocks are
 * bottlenecks, the first of a stage keeps the dilation of the stage before, as torchvision's {@code
 * replace_stride_with_dilation} does: every second cell of the finer grid then is a cell of the
 * coarser one, as the pretrained weights know it. Basic blocks, for which torchvision has no such
 * option, are all dilated.
 */
abstract class ResNet extends PretrainedBackbone {
  private static final int STAGES = 4;
  private static final int STEM = 64;
  private static final int STEM_STRIDE = 4;

  private final ResNetDepth depth;
  private final ResNetConfig config;
  private final Chain block;

  ResNet(ResNetDepth depth, ResNetConfig config, Kernels kernels) {
    super(config.weights(), config.input(), () -> architecture(depth));
    this.depth = depth;
    this.config = config;
    this.block =
        layers(
            depth,
            config.outputStride(),
            new PretrainedStages(config.batchNorm(), config.frozenStages()),
            kernels);
  }

  static Architecture architecture(ResNetDepth depth) {
    return Architecture.of(
        depth.name(),
        "fc.",
        layers(depth, 8, new PretrainedStages(BatchNormMode.TRAINED, 0), Kernels.PLAIN));
  }

  private static Chain layers(
      ResNetDepth depth, int outputStride, PretrainedStages stages, Kernels kernels) {
    Chain network =
        new Chain(kernels)
            .then("layout", new PreferredOrder(kernels))
            .then("conv1", stages.of(1, Convolution.square(7, STEM, 2, 1)))
            .then("bn1", new BatchNorm(stages.mode(1)))
            .then("relu", new Relu())
            .then("maxpool", new MaxPool());
    int channels = STEM;
    int reached = STEM_STRIDE;
    int dilation = 1;
    for (int stage = 1; stage <= STAGES; stage++) {
      int before = dilation;
      int stride = 1;
      if (stage > 1 && reached < outputStride) {
        stride = 2;
        reached *= 2;
      } else if (stage > 1) {
        dilation *= 2;
      }
      int first = depth.kind() == ResNetDepth.Kind.BASIC ? dilation : before;
      Chain layer = new Chain(kernels);
      for (int i = 0; i < depth.blocks().get(stage - 1); i++) {
        layer.then(
            Integer.toString(i),
            i == 0
                ? depth.block(stage, channels, stride, first, stages.mode(stage), kernels)
                : depth.block(stage, channels, 1, dilation, stages.mode(stage), kernels));
        channels = depth.channels(stage);
      }
      network.then("layer" + stage, stages.of(stage, layer));
      if (stage < STAGES) {
        network.level();
      }
    }
    return network;
  }

  @Override
  public final Block block() {
    return block;
  }

  @Override
  public final FeatureSpec output() {
    return new FeatureSpec(depth.channels(STAGES), config.outputStride());
  }

  /** The stages but the last, at strides 4, 8 and the output's. */
  @Override
  public final List<FeatureSpec> levels() {
    return IntStream.range(1, STAGES)
        .mapToObj(
            stage ->
                new FeatureSpec(depth.channels(stage), Math.min(2 << stage, config.outputStride())))
        .toList();
  }

  @Override
  public final NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    return block.forwardLevels(store, images, training);
  }

  @Override
  public final List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    return block.exportLevels(graph, images);
  }

  @Override
  public final boolean imagesAreIndependent() {
    return config.batchNorm() != BatchNormMode.TRAINED;
  }
}
