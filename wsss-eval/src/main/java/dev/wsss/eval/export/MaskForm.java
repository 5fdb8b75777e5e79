package dev.wsss.eval.export;

import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.MapMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * The graph from pictures to masks: all that {@link dev.wsss.eval.cam.CamInference} and {@link
 * dev.wsss.api.metric.ScoreMap#mask} do.
 *
 * <p>Inputs {@code pixels}, float32 N×3×H×W, RGB 0…255, and {@code labels}, float32 N×K: 1 where a
 * class is present, 0 where it is not, −1 where its probability decides. Outputs {@code masks},
 * uint8 N×H×W, 0 background and k + 1 for foreground class k; {@code scores}, float32 N×H×W, 0…1,
 * of each pixel's best class, whether it reaches the threshold or not; {@code probabilities},
 * float32 N×K. N, H and W are free. What no class is active in is background, at every threshold.
 */
public final class MaskForm {
  /** Keeps a class without any activation at zero. */
  private static final float EPSILON = 1e-5f;

  private MaskForm() {}

  /**
   * Writes the graph; the network has to live until the file is written.
   *
   * @param method what the maps are made of
   * @param maskThreshold score from which on a pixel gets its class, 0…1
   * @param labelThresholds probability from which on each of K classes is present, 0…1
   * @throws dev.wsss.api.onnx.OnnxException if a block of the network writes no nodes
   */
  public static OnnxGraph of(
      CamNetwork network,
      CamConfig cams,
      MapMethod method,
      double maskThreshold,
      List<Double> labelThresholds) {
    OnnxGraph graph = OnnxGraph.empty();
    String k = Integer.toString(labelThresholds.size());
    OnnxValue pixels = graph.input("pixels", OnnxType.FLOAT, "N", "3", "H", "W");
    OnnxValue labels = graph.input("labels", OnnxType.FLOAT, "N", k);
    PicturePass pass = new PicturePass(graph, network, method, pixels);
    OnnxGraph whole = graph.pass("scale-1.0");
    PicturePass.Maps unscaled = pass.at(whole, 1, cams.flip() && cams.scales().contains(1.0));
    OnnxValue probabilities = pass.probabilities(whole, unscaled);
    PresentClasses present =
        PresentClasses.of(graph.in("labels"), labels, probabilities, labelThresholds);
    List<OnnxValue> enlarged = new ArrayList<>();
    for (double scale : cams.scales()) {
      OnnxGraph own = graph.pass("scale-" + scale);
      PicturePass.Maps maps = scale == 1 ? unscaled : pass.at(own, scale, cams.flip());
      enlarged.add(pass.enlarged(own, present.select(own, maps.rectified(own))));
    }
    OnnxGraph end = graph.in("masks");
    OnnxValue sum = enlarged.get(0);
    for (OnnxValue next : enlarged.subList(1, enlarged.size())) {
      sum = end.node("Add", List.of(sum, next));
    }
    OnnxValue scores = scores(end, present, sum);
    OnnxValue best = end.node("ReduceMax", List.of(scores), OnnxAttribute.list("axes", 1), DROPPED);
    graph.output(
        "masks", masks(end, present, scores, best, maskThreshold), OnnxType.UINT8, "N", "H", "W");
    graph.output("scores", end.node("Relu", List.of(best)), OnnxType.FLOAT, "N", "H", "W");
    graph.output("probabilities", probabilities, OnnxType.FLOAT, "N", k);
    return graph;
  }

  private static final OnnxAttribute DROPPED = OnnxAttribute.of("keepdims", 0);

  /** N×M×H×W: each map divided by its own maximum; −1 where a picture has fewer classes. */
  private static OnnxValue scores(OnnxGraph graph, PresentClasses present, OnnxValue sum) {
    OnnxValue largest = graph.node("ReduceMax", List.of(sum), OnnxAttribute.list("axes", 2, 3));
    OnnxValue divisor = graph.node("Add", List.of(largest, graph.number(EPSILON)));
    OnnxValue own = graph.node("Div", List.of(sum, divisor));
    OnnxValue counts = graph.node("Unsqueeze", List.of(present.isPresent(), graph.integers(2, 3)));
    return graph.node("Where", List.of(counts, own, graph.number(-1)));
  }

  /** N×H×W. */
  private static OnnxValue masks(
      OnnxGraph graph, PresentClasses present, OnnxValue scores, OnnxValue best, double threshold) {
    OnnxValue winner = graph.node("ArgMax", List.of(scores), OnnxAttribute.of("axis", 1), DROPPED);
    OnnxValue lines = graph.node("Reshape", List.of(winner, graph.integers(0, -1)));
    OnnxValue foreground =
        graph.node(
            "GatherElements", List.of(present.classes(), lines), OnnxAttribute.of("axis", 1));
    OnnxValue numbers = graph.node("Add", List.of(foreground, graph.integers(1)));
    OnnxValue plane = graph.node("Reshape", List.of(numbers, graph.node("Shape", List.of(winner))));
    OnnxValue limit = graph.number(PresentClasses.atLeast(threshold));
    // Where no class is active, threshold 0 is not reached either.
    String comparison = threshold > 0 ? "GreaterOrEqual" : "Greater";
    OnnxValue reached = graph.node(comparison, List.of(best, limit));
    OnnxValue index = graph.node("Where", List.of(reached, plane, graph.integers(0)));
    return graph.node("Cast", List.of(index), OnnxAttribute.of("to", OnnxType.UINT8.code()));
  }
}
