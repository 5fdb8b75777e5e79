package dev.wsss.backbones.layer;

import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.Elementwise;
import java.util.List;

/** {@code min(max(x, 0), 6)}; no gradient at or beyond the limits. */
public final class Relu6 extends Activation {

  public Relu6() {
    super(Elementwise.RELU6);
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return graph.node("Clip", List.of(input, graph.number(0), graph.number(6)));
  }
}
