package org.example.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Bilinear;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Scores of finer features are added to those of the output, enlarged to their grid: one skip
 * connection of a fully convolutional network (Long et al. 2015).
 */
public final class SkipConnection implements SegmentationHead {
  private final int level;
  private final Layers block;

  @Inject
  public SkipConnection(SkipConnectionConfig config, FeatureLevels features, ClassNames classes) {
    List<Integer> strides = features.levels().stream().map(FeatureSpec::strideInPixels).toList();
    this.level = strides.indexOf(config.stride());
    if (level < 0) { // told at its place in the configuration
      throw new IllegalArgumentException(
          "stride is %d; the backbone shows features at strides %s".formatted(config.stride(), strides));
    }
    this.block = new Layers(classes.count() + 1); // background comes first
  }

  @Override
  public List<Integer> levels() {
    return List.of(level);
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public OnnxValue export(OnnxGraph graph, List<OnnxValue> features) {
    OnnxValue fine = convolution(graph.in("fine"), block.fine, features.get(0));
    OnnxValue coarse = convolution(graph.in("coarse"), block.coarse, features.get(1));
    OnnxValue size = graph.node("Shape", List.of(fine)); // both have as many channels
    OnnxValue enlarged =
        graph.node(
            "Resize",
            List.of(coarse, OnnxValue.ABSENT, OnnxValue.ABSENT, size),
            OnnxAttribute.of("mode", "linear"),
            OnnxAttribute.of("coordinate_transformation_mode", "half_pixel"));
    return graph.node("Add", List.of(fine, enlarged));
  }

  private static OnnxValue convolution(OnnxGraph graph, Conv2d layer, OnnxValue input) {
    var parameters = layer.getDirectParameters();
    OnnxValue weight = graph.parameter(parameters.get("weight"));
    return graph.node("Conv", List.of(input, weight, graph.parameter(parameters.get("bias"))));
  }

  private static final class Layers extends AbstractBlock {
    private final Conv2d fine;
    private final Conv2d coarse;

    Layers(int scores) {
      fine = addChildBlock("fine", pointwise(scores));
      coarse = addChildBlock("coarse", pointwise(scores));
    }

    private static Conv2d pointwise(int scores) {
      return Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(scores).build();
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      NDArray own = fine.forward(store, new NDList(inputs.get(0)), training).singletonOrThrow();
      int height = (int) own.getShape().get(2);
      int width = (int) own.getShape().get(3);
      try (own;
          NDArray few = coarse.forward(store, new NDList(inputs.get(1)), training).singletonOrThrow()) {
        return new NDList(own.add(Bilinear.resize(few, height, width)));
      }
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
      fine.initialize(manager, dataType, inputs[0]);
      coarse.initialize(manager, dataType, inputs[1]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return fine.getOutputShapes(new Shape[] {inputs[0]});
    }
  }
}
