package dev.wsss.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.BatchNormMode;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import dev.wsss.backbones.layer.PairPool;
import dev.wsss.backbones.layer.PreferredOrder;
import dev.wsss.backbones.layer.Relu;
import dev.wsss.backbones.weights.Architecture;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * VGG-16 (Simonyan and Zisserman 2015, configuration D) without batch norm, its last pooling and
 * its classifier: 512 channels, torchvision's parameter names.
 *
 * <p>Without the last pooling, as in the first CAM network (Zhou et al. 2016), output stride is 16.
 * It becomes 8 by stride 1 in the fourth pooling, whose windows stay 2×2, and dilation 2 in the
 * convolutions behind it: every second cell of the finer grid is a cell of the coarser one, as the
 * pretrained weights know it. Pooling rounds sizes up, so that no pixel of an odd size is lost;
 * torchvision's rounds down.
 */
public final class Vgg16 extends PretrainedBackbone {
  /** Table 1 of the paper, column D. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(64, 2),
          new Stage(128, 2),
          new Stage(256, 3),
          new Stage(512, 3),
          new Stage(512, 3));

  /** The second to fourth stage end in a level. */
  private static final Set<Integer> LEVEL_STAGES = Set.of(2, 3, 4);

  private final Vgg16Config config;
  private final int divisor;
  private final Chain block;

  @Inject
  public Vgg16(Vgg16Config config, Kernels kernels) {
    this(config, kernels, 1);
  }

  /**
   * The same network with fewer channels, for tests.
   *
   * @param divisor of the channels of every stage
   */
  Vgg16(Vgg16Config config, Kernels kernels, int divisor) {
    super(config.weights(), config.input(), Vgg16::architecture);
    this.config = config;
    this.divisor = divisor;
    this.block =
        layers(
            config.outputStride(),
            new PretrainedStages(BatchNormMode.TRAINED, config.frozenStages()),
            kernels,
            divisor);
  }

  static Architecture architecture() {
    return Architecture.of(
        "vgg16",
        "classifier.",
        layers(16, new PretrainedStages(BatchNormMode.TRAINED, 0), Kernels.PLAIN, 1));
  }

  private static Chain layers(
      int outputStride, PretrainedStages stages, Kernels kernels, int divisor) {
    Chain features = new Chain(kernels);
    int at = 0;
    int reached = 1;
    int dilation = 1;
    for (int number = 1; number <= STAGES.size(); number++) {
      if (number > 1) {
        boolean strides = reached < outputStride;
        reached *= strides ? 2 : 1;
        dilation *= strides ? 1 : 2;
        features.then(Integer.toString(at++), new PairPool(strides ? 2 : 1));
      }
      Stage stage = STAGES.get(number - 1);
      for (int i = 0; i < stage.convolutions(); i++) {
        Convolution next = Convolution.square(3, stage.filters() / divisor, 1, dilation).biased();
        features.then(Integer.toString(at++), stages.of(number, next));
        features.then(Integer.toString(at++), new Relu());
      }
      if (LEVEL_STAGES.contains(number)) {
        features.level();
      }
    }
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
    return new FeatureSpec(512 / divisor, config.outputStride());
  }

  /** What the second, third and fourth pooling see. */
  @Override
  public List<FeatureSpec> levels() {
    return List.of(
        new FeatureSpec(128 / divisor, 2),
        new FeatureSpec(256 / divisor, 4),
        new FeatureSpec(512 / divisor, 8));
  }

  @Override
  public NDList forwardLevels(ParameterStore store, NDArray images, boolean training) {
    return block.forwardLevels(store, images, training);
  }

  @Override
  public List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue images) {
    return block.exportLevels(graph, images);
  }

  /** There is no batch norm. */
  @Override
  public boolean imagesAreIndependent() {
    return true;
  }

  /** Convolutions of one width. */
  private record Stage(int filters, int convolutions) {}
}
