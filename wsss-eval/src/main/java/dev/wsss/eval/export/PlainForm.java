package dev.wsss.eval.export;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.OnnxCam;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.cam.MapMethod;
import java.util.List;

/**
 * The graph of one pass of a network. Input {@code pixels}, float32 N×3×H×W, RGB 0…255; outputs
 * {@code maps}, of the map method, float32 N×K×h×w, {@code logits} and {@code probabilities},
 * float32 N×K, and where asked for {@code features}, float32 N×D×h×w. N, H and W are free.
 */
public final class PlainForm {
  private PlainForm() {}

  /**
   * Writes the graph; the network has to live until the file is written.
   *
   * @param method what the maps are made of; logits are of the head's own maps with any
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  public static OnnxGraph of(CamNetwork network, int classes, MapMethod method, boolean features) {
    OnnxGraph graph = OnnxGraph.empty();
    String k = Integer.toString(classes);
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxCam cam = NormalisedPass.of(graph, network, pixels);
    OnnxValue logits = network.exportLogits(graph, cam.maps());
    graph.output("maps", method.export(graph, cam), OnnxType.FLOAT, "N", k, "h", "w");
    graph.output("logits", logits, OnnxType.FLOAT, "N", k);
    graph.output("probabilities", graph.node("Sigmoid", List.of(logits)), OnnxType.FLOAT, "N", k);
    if (features) {
      graph.output("features", cam.features(), OnnxType.FLOAT, "N", "D", "h", "w");
    }
    return graph;
  }
}
