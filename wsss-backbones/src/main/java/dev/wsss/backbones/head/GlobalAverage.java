package dev.wsss.backbones.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/** Global average pooling to logits. */
final class GlobalAverage {

  private GlobalAverage() {}

  /**
   * Maps B×K×h×w to logits B×K: the mean over the map and the log-odds of the prior.
   *
   * @param prior the probability that a map of zeros stands for, in (0, 1); 0.5 adds nothing
   */
  static NDArray logits(NDArray maps, double prior) {
    Shape shape = maps.getShape();
    // A sum and a factor: the engine's mean over two axes has no gradient.
    try (NDArray sum = maps.sum(new int[] {2, 3});
        NDArray mean = Constants.mul(sum, 1f / (shape.get(2) * shape.get(3)))) {
      return mean.add(logOdds(prior));
    }
  }

  /** The same as ONNX nodes. */
  static OnnxValue export(OnnxGraph graph, OnnxValue maps, double prior) {
    OnnxValue mean =
        graph.node(
            "ReduceMean",
            List.of(maps),
            OnnxAttribute.list("axes", 2, 3),
            OnnxAttribute.of("keepdims", 0));
    return graph.node("Add", List.of(mean, graph.number(logOdds(prior))));
  }

  private static float logOdds(double prior) {
    return (float) Math.log(prior / (1 - prior));
  }
}
