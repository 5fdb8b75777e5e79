package dev.wsss.backbones.layer;

import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.Elementwise;
import java.util.List;

/** {@code max(x, 0)}. */
public final class Relu extends Activation {

  public Relu() {
    super(Elementwise.RELU);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return graph.node("Relu", List.of(input));
  }
}
