package dev.wsss.eval.export;

import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;

/**
 * The graph of one pass of a segmentation network. Input {@code pixels}, float32 N×3×H×W, RGB
 * 0…255; output {@code scores}, float32 N×(K+1)×h×w, background first. N, H and W are free.
 */
public final class SegmentationForm {
  private SegmentationForm() {}

  /**
   * Writes the graph; the network has to live until the file is written.
   *
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  public static OnnxGraph of(SegmentationNetwork network, int classes) {
    OnnxGraph graph = OnnxGraph.empty();
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxValue scores = NormalisedPass.of(graph, network, pixels);
    String planes = Integer.toString(classes + 1);
    graph.output("scores", scores, OnnxType.FLOAT, "N", planes, "h", "w");
    return graph;
  }
}
