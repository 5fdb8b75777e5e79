package dev.wsss.eval.export;

import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/** Nodes on the last two axes of N×C×H×W. */
final class Plane {
  private static final int HORIZONTAL = 3;

  private Plane() {}

  /** The size along an axis, as a list of one. */
  static OnnxValue size(OnnxGraph graph, OnnxValue value, int axis) {
    OnnxValue shape = graph.node("Shape", List.of(value));
    return graph.node("Slice", List.of(shape, graph.integers(axis), graph.integers(axis + 1L)));
  }

  /** Left for right. */
  static OnnxValue mirrored(OnnxGraph graph, OnnxValue value) {
    return graph.node(
        "Slice",
        List.of(
            value,
            graph.integers(-1),
            graph.integers(Long.MIN_VALUE + 1),
            graph.integers(HORIZONTAL),
            graph.integers(-1)));
  }

  /** Resized bilinearly, half-pixel centres, without antialiasing. */
  static OnnxValue resized(OnnxGraph graph, OnnxValue value, OnnxValue height, OnnxValue width) {
    OnnxValue shape = graph.node("Shape", List.of(value));
    OnnxValue kept = graph.node("Slice", List.of(shape, graph.integers(0), graph.integers(2)));
    OnnxValue sizes =
        graph.node("Concat", List.of(kept, height, width), OnnxAttribute.of("axis", 0));
    return graph.node(
        "Resize",
        List.of(value, OnnxValue.ABSENT, OnnxValue.ABSENT, sizes),
        OnnxAttribute.of("mode", "linear"),
        OnnxAttribute.of("coordinate_transformation_mode", "half_pixel"));
  }
}
