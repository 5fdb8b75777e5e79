package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/** The largest of each 3×3 window, every second pixel, padded by one: B×C×⌈H/2⌉×⌈W/2⌉. */
public final class MaxPool extends AbstractBlock implements OnnxBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(
        input
            .getNDArrayInternal()
            .maxPool(new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false));
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return graph.node(
        "MaxPool",
        List.of(input),
        OnnxAttribute.list("kernel_shape", 3, 3),
        OnnxAttribute.list("strides", 2, 2),
        OnnxAttribute.list("pads", 1, 1, 1, 1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), in.get(1), (in.get(2) + 1) / 2, (in.get(3) + 1) / 2)};
  }
}
