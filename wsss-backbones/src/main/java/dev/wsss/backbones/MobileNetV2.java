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
import dev.wsss.backbones.layer.InvertedResidual;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu6;
import dev.wsss.backbones.weights.Architecture;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * MobileNetV2 (Sandler et al. 2018) at width 1 without its classifier: 1280 channels, torchvision's
 * parameter names.
 *
 * <p>Output stride 32 becomes 16 by stride 1 where the sixth stage begins, and 8 by stride 1 where
 * the fourth begins too. The 3×3 convolutions after each of the two are dilated by 2 times what
 * they were, so that every second cell of the finer grid is a cell of the coarser one.
 */
public final class MobileNetV2 extends PretrainedBackbone {
  private static final int STEM = 32;
  private static final int FEATURES = 1280;

  /** Table 2 of the paper. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  /** The last stages of 24, 32 and 96 channels: features.3, features.6 and features.13. */
  private static final Set<Integer> LEVEL_STAGES = Set.of(2, 3, 5);

  private final MobileNetV2Config config;
  private final Chain block;

  @Inject
  public MobileNetV2(MobileNetV2Config config, Kernels kernels) {
    super(config.weights(), config.input(), MobileNetV2::architecture);
    this.config = config;
    this.block =
        layers(
            config.outputStride(),
            new PretrainedStages(config.batchNorm(), config.frozenStages()),
            kernels);
  }

  static Architecture architecture() {
    return Architecture.of(
        "mobilenet-v2",
        "classifier.",
        layers(16, new PretrainedStages(BatchNormMode.TRAINED, 0), Kernels.PLAIN));
  }

  private static Chain layers(int outputStride, PretrainedStages stages, Kernels kernels) {
    Chain features = new Chain(kernels);
    int at = 0;
    features.then(
        Integer.toString(at++),
        stages.of(
            1,
            Chain.of(
                kernels,
                Convolution.square(3, STEM, 2, 1),
                new BatchNorm(stages.mode(1)),
                new Relu6())));
    int channels = STEM;
    int reached = 2;
    int dilation = 1;
    for (int number = 1; number <= STAGES.size(); number++) {
      Stage stage = STAGES.get(number - 1);
      boolean strides = stage.stride() > 1 && reached < outputStride;
      int firstDilation = dilation;
      if (strides) {
        reached *= stage.stride();
      } else {
        dilation *= stage.stride();
      }
      for (int i = 0; i < stage.blocks(); i++) {
        InvertedResidual next =
            new InvertedResidual(
                channels,
                stage.filters(),
                stage.expansion(),
                i == 0 && strides ? stage.stride() : 1,
                i == 0 ? firstDilation : dilation,
                stages.mode(number),
                kernels);
        features.then(Integer.toString(at++), stages.of(number, next));
        channels = stage.filters();
      }
      if (LEVEL_STAGES.contains(number)) {
        features.level();
      }
    }
    features.then(
        Integer.toString(at),
        Chain.of(
            kernels,
            Convolution.pointwise(FEATURES),
            new BatchNorm(stages.batchNorm()),
            new Relu6()));
    return new Chain(kernels)
        .then("layout", new PreferredOrder(kernels))
        .then("features", features);
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return new FeatureSpec(FEATURES, config.outputStride());
  }

  @Override
  public List<FeatureSpec> levels() {
    return List.of(
        new FeatureSpec(24, 4), new FeatureSpec(32, 8), new FeatureSpec(96, config.outputStride()));
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

  /** Blocks of one width; the stride is the first block's. */
  private record Stage(int expansion, int filters, int blocks, int stride) {}
}
