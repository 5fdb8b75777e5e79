package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/** {@code x · σ(1.702·x)} (Hendrycks and Gimpel 2016), what CLIP takes for GELU. */
public final class QuickGelu extends AbstractBlock implements OnnxBlock {
  private static final float FACTOR = 1.702f;

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    try (NDArray scaled = Constants.mul(x, FACTOR);
        NDArray share = scaled.getNDArrayInternal().sigmoid()) {
      return new NDList(x.mul(share));
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue scaled = graph.node("Mul", List.of(input, graph.number(FACTOR)));
    return graph.node("Mul", List.of(input, graph.node("Sigmoid", List.of(scaled))));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
