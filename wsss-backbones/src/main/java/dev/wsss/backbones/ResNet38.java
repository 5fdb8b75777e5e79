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
import dev.wsss.backbones.weights.Architecture;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * ResNet-38, model A1 of Wu, Shen and van den Hengel, "Wider or Deeper" (2016), without its
 * classifier: 4096 channels at stride 8. The backbone of PSA, SEAM and the paper [paper].
 *
 * <p>Its levels are the rectified inputs of the third, fourth, fifth and sixth stage: what that
 * stage's first block computes from the sum before it, which itself has no normalisation and no
 * activation. The last two and the output are the features of AffinityNet (Ahn and Kwak 2018).
 *
 * <p>Dropout draws anew for each pass: a batch that is cut into parts has other draws than a whole
 * one, and every image is treated by itself in both.
 */
public final class ResNet38 extends PretrainedBackbone {
  private static final int STEM = 64;

  private final ResNet38Config config;
  private final int stem;
  private final PreActivationStages block;

  @Inject
  public ResNet38(ResNet38Config config, Kernels kernels) {
    this(config, kernels, STEM);
  }

  /**
   * The same network with other widths, for tests.
   *
   * @param stem channels of the first convolution, of which all others are multiples
   */
  ResNet38(ResNet38Config config, Kernels kernels, int stem) {
    super(config.weights(), config.input(), ResNet38::architecture);
    this.config = config;
    this.stem = stem;
    this.block =
        new PreActivationStages(
            stem,
            config.dropout(),
            new PretrainedStages(config.batchNorm(), config.frozenStages()),
            kernels);
  }

  static Architecture architecture() {
    PretrainedStages stages = new PretrainedStages(BatchNormMode.TRAINED, 0);
    return Architecture.of(
            "resnet38",
            Set.of("linear1000", "fc8."),
            new PreActivationStages(STEM, List.of(0.0, 0.0), stages, Kernels.PLAIN))
        .withNames(ResNet38Names::fromMxnet);
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public FeatureSpec output() {
    return new FeatureSpec(64 * stem, 8);
  }

  @Override
  public List<FeatureSpec> levels() {
    return List.of(
        new FeatureSpec(2 * stem, 2),
        new FeatureSpec(4 * stem, 4),
        new FeatureSpec(8 * stem, 8),
        new FeatureSpec(16 * stem, 8));
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
}
