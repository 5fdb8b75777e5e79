package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/** {@code x/2 · (1 + erf(x/√2))} (Hendrycks and Gimpel 2016), the exact form. */
public final class Gelu extends AbstractBlock implements OnnxBlock {
  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(inputs.singletonOrThrow().getNDArrayInternal().gelu());
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue scaled = graph.node("Mul", List.of(input, graph.number((float) Math.sqrt(0.5))));
    OnnxValue share =
        graph.node("Add", List.of(graph.node("Erf", List.of(scaled)), graph.number(1)));
    OnnxValue half = graph.node("Mul", List.of(input, graph.number(0.5f)));
    return graph.node("Mul", List.of(half, share));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
