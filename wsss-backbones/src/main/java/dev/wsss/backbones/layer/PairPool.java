package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * The largest of each pixel and its neighbours below and to the right, B×C×⌈H/s⌉×⌈W/s⌉ at stride s;
 * windows end at the border. Stride 2 is VGG's pooling; at stride 1 every second value is one of
 * those.
 */
public final class PairPool extends AbstractBlock implements OnnxBlock {
  private final int stride;

  /**
   * @param stride 1 or 2
   */
  public PairPool(int stride) {
    if (stride != 1 && stride != 2) {
      throw new IllegalArgumentException("stride is " + stride + "; allowed: 1, 2");
    }
    this.stride = stride;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    if (stride == 2) {
      return new NDList(pool(input, 0));
    }
    // The engine pads on both sides; the first windows begin outside and are left out.
    try (NDArray padded = pool(input, 1)) {
      return new NDList(padded.get(new NDIndex(":,:,1:,1:")));
    }
  }

  private NDArray pool(NDArray input, int padding) {
    return input
        .getNDArrayInternal()
        .maxPool(
            new Shape(2, 2), new Shape(stride, stride), new Shape(padding, padding), stride == 2);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    int end = stride == 1 ? 1 : 0;
    return graph.node(
        "MaxPool",
        List.of(input),
        OnnxAttribute.list("kernel_shape", 2, 2),
        OnnxAttribute.list("strides", stride, stride),
        OnnxAttribute.list("pads", 0, 0, end, end),
        OnnxAttribute.of("ceil_mode", stride == 2 ? 1 : 0));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {
      new Shape(
          in.get(0),
          in.get(1),
          (in.get(2) + stride - 1) / stride,
          (in.get(3) + stride - 1) / stride)
    };
  }
}
