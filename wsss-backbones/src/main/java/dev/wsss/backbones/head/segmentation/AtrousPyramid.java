package dev.wsss.backbones.head.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.Convolution;
import java.util.ArrayList;
import java.util.List;

/**
 * Atrous spatial pyramid pooling (Chen et al. 2017, DeepLab-v3, section 3.3): features B×C×h×w → a
 * 1×1 convolution, a 3×3 convolution for each dilation, and the mean over the grid through a 1×1
 * convolution, each with a ReLU; all side by side → 1×1 convolution and ReLU → B×channels×h×w.
 *
 * <p>The branch of the mean never has batch norm: its statistics would be over B values a channel.
 */
final class AtrousPyramid extends AbstractBlock implements OnnxBlock {
  private final int channels;
  private final List<Chain> branches = new ArrayList<>();
  private final Chain pooled;
  private final Chain projection;

  AtrousPyramid(List<Integer> dilations, int channels, Normalisation norm, Kernels kernels) {
    this.channels = channels;
    add(norm, kernels, Convolution.pointwise(channels));
    for (int dilation : dilations) {
      add(norm, kernels, Convolution.square(3, channels, 1, dilation));
    }
    pooled =
        addChildBlock(
            "pooled",
            Normalisation.NONE.append(new Chain(kernels), "conv", Convolution.pointwise(channels)));
    projection =
        addChildBlock(
            "projection", norm.append(new Chain(kernels), "conv", Convolution.pointwise(channels)));
  }

  private void add(Normalisation norm, Kernels kernels, Convolution convolution) {
    Chain branch = norm.append(new Chain(kernels), "conv", convolution);
    branches.add(addChildBlock(name(branches.size()), branch));
  }

  private static String name(int branch) {
    return "branch" + branch;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray features = inputs.singletonOrThrow();
    try (NDList parts = new NDList()) {
      for (Chain branch : branches) {
        parts.addAll(branch.forward(store, inputs, training));
      }
      parts.add(spread(features, store, training));
      try (NDArray joined = NDArrays.concat(parts, 1)) {
        return projection.forward(store, new NDList(joined), training);
      }
    }
  }

  /** The branch of the mean, the same in every cell. */
  private NDArray spread(NDArray features, ParameterStore store, boolean training) {
    Shape shape = features.getShape();
    float share = 1f / (shape.get(2) * shape.get(3));
    try (NDArray sum = features.sum(new int[] {2, 3}, true);
        NDArray mean = Constants.mul(sum, share);
        NDArray one = pooled.forward(store, new NDList(mean), training).singletonOrThrow()) {
      return one.broadcast(new Shape(shape.get(0), channels, shape.get(2), shape.get(3)));
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue features) {
    List<OnnxValue> parts = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      parts.add(graph.export(name(i), branches.get(i), features));
    }
    OnnxValue mean = graph.node("ReduceMean", List.of(features), OnnxAttribute.list("axes", 2, 3));
    OnnxValue one = graph.export("pooled", pooled, mean);
    OnnxValue shape = graph.node("Shape", List.of(parts.get(0)));
    parts.add(graph.node("Expand", List.of(one, shape)));
    OnnxValue joined = graph.node("Concat", parts, OnnxAttribute.of("axis", 1));
    return graph.export("projection", projection, joined);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    branches.forEach(branch -> branch.initialize(manager, dataType, inputs));
    Shape in = inputs[0];
    pooled.initialize(manager, dataType, new Shape(in.get(0), in.get(1), 1, 1));
    long joined = (branches.size() + 1L) * channels;
    projection.initialize(manager, dataType, new Shape(in.get(0), joined, in.get(2), in.get(3)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), channels, in.get(2), in.get(3))};
  }
}
