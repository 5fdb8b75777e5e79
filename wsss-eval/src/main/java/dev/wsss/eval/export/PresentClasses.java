package dev.wsss.eval.export;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * The classes of each picture that get maps. M is the largest number of them that a picture of the
 * pass has, at least 1; so enlarging and comparing costs what the pictures show, not K.
 *
 * @param classes foreground classes N×M, int64, those that are present first and ascending
 * @param isPresent N×M; false where a picture has fewer than M
 */
record PresentClasses(OnnxValue classes, OnnxValue isPresent) {

  /**
   * @param labels N×K: above ½ present, from 0 to ½ absent, below 0 decided by the probability
   * @param probabilities N×K
   * @param thresholds K probabilities from which on a class is present
   */
  static PresentClasses of(
      OnnxGraph graph, OnnxValue labels, OnnxValue probabilities, List<Double> thresholds) {
    int k = thresholds.size();
    OnnxValue limits = graph.weights("thresholds", new Shape(1, k), () -> atLeast(thresholds));
    OnnxValue given = graph.node("Greater", List.of(labels, graph.number(0.5f)));
    OnnxValue open = graph.node("Less", List.of(labels, graph.number(0)));
    OnnxValue reached = graph.node("GreaterOrEqual", List.of(probabilities, limits));
    OnnxValue decided = graph.node("And", List.of(open, reached));
    OnnxValue present = graph.node("Or", List.of(given, decided));
    OnnxValue ones =
        graph.node("Cast", List.of(present), OnnxAttribute.of("to", OnnxType.FLOAT.code()));
    // Sorting present · (K − k) gives the present classes in ascending order, whatever a runtime
    // makes of equals.
    OnnxValue order = graph.weights("order", new Shape(1, k), () -> descending(k));
    OnnxValue keys = graph.node("Mul", List.of(ones, order));
    List<OnnxValue> sorted =
        graph.nodes("TopK", 2, List.of(keys, most(graph, ones)), OnnxAttribute.of("axis", 1));
    OnnxValue isPresent = graph.node("Greater", List.of(sorted.get(0), graph.number(0)));
    return new PresentClasses(sorted.get(1), isPresent);
  }

  /** M, as a list of one. */
  private static OnnxValue most(OnnxGraph graph, OnnxValue ones) {
    OnnxValue counts = graph.node("ReduceSum", List.of(ones, graph.integers(1)));
    OnnxValue most = graph.node("ReduceMax", List.of(counts), OnnxAttribute.list("axes", 0, 1));
    OnnxValue whole =
        graph.node("Cast", List.of(most), OnnxAttribute.of("to", OnnxType.INT64.code()));
    OnnxValue list = graph.node("Reshape", List.of(whole, graph.integers(1)));
    return graph.node("Max", List.of(list, graph.integers(1)));
  }

  /** Of maps N×K×h×w those of these classes, N×M×h×w. */
  OnnxValue select(OnnxGraph graph, OnnxValue maps) {
    OnnxValue index = graph.node("Unsqueeze", List.of(classes, graph.integers(2)));
    return graph.node("GatherND", List.of(maps, index), OnnxAttribute.of("batch_dims", 1));
  }

  private static float[] descending(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = count - i;
    }
    return values;
  }

  private static float[] atLeast(List<Double> thresholds) {
    float[] values = new float[thresholds.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = atLeast(thresholds.get(i));
    }
    return values;
  }

  /** The smallest float that is not below: a float reaches both or neither. */
  static float atLeast(double threshold) {
    float nearest = (float) threshold;
    return nearest < threshold ? Math.nextUp(nearest) : nearest;
  }
}
