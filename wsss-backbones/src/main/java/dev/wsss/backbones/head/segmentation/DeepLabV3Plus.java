package dev.wsss.backbones.head.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The head of DeepLab-v3+ (Chen et al. 2018, section 3.1): the pyramid's output is enlarged to the
 * grid of the features at stride 4 and joined with these, reduced to 48 channels; two 3×3
 * convolutions and a 1×1 convolution give scores B×(K+1)×⌈H/4⌉×⌈W/4⌉.
 *
 * <p>Batch norm is a choice, see {@link DeepLabV3PlusConfig#normalisation()}: with it the images of
 * a batch depend on each other, and the statistics of the few images that a CPU trains at once are
 * far from those of evaluation.
 */
public final class DeepLabV3Plus implements SegmentationHead {
  private static final int STRIDE = 4;

  private final List<Integer> levels;
  private final Normalisation normalisation;
  private final Layers layers;

  @Inject
  public DeepLabV3Plus(
      DeepLabV3PlusConfig config, FeatureLevels features, ClassNames classes, Kernels kernels) {
    List<Integer> strides = features.levels().stream().map(FeatureSpec::strideInPixels).toList();
    int level = strides.indexOf(STRIDE);
    if (level < 0) {
      throw new IllegalArgumentException(
          "deeplab-v3-plus needs features of the backbone at stride 4, and this one shows "
              + (strides.isEmpty() ? "none on the way" : "those at strides " + strides)
              + "; choose another backbone, or a head that looks at the output alone, such as"
              + " deeplab-v2");
    }
    this.levels = List.of(level);
    this.normalisation = config.normalisation();
    this.layers = new Layers(config, classes.count() + 1, kernels);
  }

  @Override
  public List<Integer> levels() {
    return levels;
  }

  @Override
  public Block block() {
    return layers;
  }

  @Override
  public boolean imagesAreIndependent() {
    return normalisation == Normalisation.NONE;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, List<OnnxValue> features) {
    return layers.export(graph, features.get(0), features.get(1));
  }

  private static final class Layers extends AbstractBlock {
    private final AtrousPyramid pyramid;
    private final Chain level;
    private final Chain decoder;

    Layers(DeepLabV3PlusConfig config, int scores, Kernels kernels) {
      Normalisation norm = config.normalisation();
      int channels = config.channels();
      pyramid =
          addChildBlock("pyramid", new AtrousPyramid(config.dilations(), channels, norm, kernels));
      level =
          addChildBlock(
              "level",
              norm.append(
                  new Chain(kernels), "reduce", Convolution.pointwise(config.levelChannels())));
      Chain twice = new Chain(kernels);
      norm.append(twice, "conv1", Convolution.square(3, channels, 1, 1));
      norm.append(twice, "conv2", Convolution.square(3, channels, 1, 1));
      decoder =
          addChildBlock(
              "decoder",
              twice.then(
                  "classifier",
                  Convolution.pointwise(scores, Initialisation.FAN_IN_UNIFORM).biased()));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray fine = inputs.get(0);
      int height = (int) fine.getShape().get(2);
      int width = (int) fine.getShape().get(3);
      NDArray coarse =
          pyramid.forward(store, new NDList(inputs.get(1)), training).singletonOrThrow();
      NDArray joined;
      try (NDArray reduced = level.forward(store, new NDList(fine), training).singletonOrThrow()) {
        NDArray enlarged = Bilinear.resize(coarse, height, width);
        joined = reduced.concat(enlarged, 1);
        enlarged.close();
      }
      try (joined) {
        return decoder.forward(store, new NDList(joined), training);
      } finally {
        coarse.close();
      }
    }

    OnnxValue export(OnnxGraph graph, OnnxValue fine, OnnxValue output) {
      OnnxValue coarse = graph.export("pyramid", pyramid, output);
      OnnxValue reduced = graph.export("level", level, fine);
      OnnxValue joined =
          graph.node(
              "Concat",
              List.of(reduced, enlarged(graph, coarse, fine)),
              OnnxAttribute.of("axis", 1));
      return graph.export("decoder", decoder, joined);
    }

    private static OnnxValue enlarged(OnnxGraph graph, OnnxValue coarse, OnnxValue fine) {
      OnnxValue own = part(graph, coarse, 0, 2);
      OnnxValue grid = part(graph, fine, 2, 4);
      OnnxValue sizes = graph.node("Concat", List.of(own, grid), OnnxAttribute.of("axis", 0));
      return graph.node(
          "Resize",
          List.of(coarse, OnnxValue.ABSENT, OnnxValue.ABSENT, sizes),
          OnnxAttribute.of("mode", "linear"),
          OnnxAttribute.of("coordinate_transformation_mode", "half_pixel"));
    }

    /** Sizes along some axes. */
    private static OnnxValue part(OnnxGraph graph, OnnxValue value, long from, long to) {
      OnnxValue shape = graph.node("Shape", List.of(value));
      return graph.node("Slice", List.of(shape, graph.integers(from), graph.integers(to)));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      level.initialize(manager, dataType, inputs[0]);
      pyramid.initialize(manager, dataType, inputs[1]);
      decoder.initialize(manager, dataType, joined(inputs));
    }

    private Shape joined(Shape[] inputs) {
      Shape fine = level.getOutputShapes(new Shape[] {inputs[0]})[0];
      Shape coarse = pyramid.getOutputShapes(new Shape[] {inputs[1]})[0];
      return new Shape(fine.get(0), fine.get(1) + coarse.get(1), fine.get(2), fine.get(3));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return decoder.getOutputShapes(new Shape[] {joined(inputs)});
    }
  }
}
