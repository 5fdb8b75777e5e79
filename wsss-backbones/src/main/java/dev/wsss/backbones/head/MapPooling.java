package dev.wsss.backbones.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxType;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/**
 * Maps B×K×h×w to logits B×K: pooled over the grid, and the log-odds of the prior added.
 *
 * @param sharpness r of {@link Pooling#LSE}
 * @param topShare share of the cells that {@link Pooling#TOP_K} takes the mean of, at least one
 * @param prior the probability that a map of zeros stands for, in (0, 1); 0.5 adds nothing
 */
record MapPooling(Pooling kind, double sharpness, double topShare, double prior) {

  static MapPooling of(PoolingKeys keys) {
    return new MapPooling(keys.pooling(), keys.sharpness(), keys.topShare(), keys.prior());
  }

  NDArray logits(NDArray maps) {
    try (NDScope scope = new NDScope()) { // closes all but the result; a graph keeps what it needs
      scope.suppressNotUsedWarning();
      NDArray logits = pooled(maps).add(logOdds());
      NDScope.unregister(logits);
      return logits;
    }
  }

  private NDArray pooled(NDArray maps) {
    Shape shape = maps.getShape();
    long cells = shape.get(2) * shape.get(3);
    return switch (kind) {
      // A sum and a factor: the engine's mean over two axes has no gradient.
      case GAP -> Constants.mul(maps.sum(new int[] {2, 3}), 1f / cells);
      case GMP -> rows(maps).max(new int[] {2});
      case LSE -> logSumExp(rows(maps));
      case TOP_K -> rows(maps).topK(largest(cells), 2, true, false).get(0).mean(new int[] {2});
    };
  }

  /** B×K×(h·w): the engine takes the largest over one axis. */
  private static NDArray rows(NDArray maps) {
    Shape shape = maps.getShape();
    return maps.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
  }

  private NDArray logSumExp(NDArray rows) {
    // The largest is taken out first, so that no power overflows.
    NDArray largest = rows.stopGradient().max(new int[] {2}, true);
    NDArray powers = Constants.mul(rows.sub(largest), (float) sharpness).exp();
    NDArray log = powers.mean(new int[] {2}, true).log();
    return Constants.mul(log, (float) (1 / sharpness)).add(largest).squeeze(2);
  }

  private int largest(long cells) {
    return (int) Math.max(1, Math.floor(topShare * cells + 0.5));
  }

  /** {@link #logits} as ONNX nodes. */
  OnnxValue export(OnnxGraph graph, OnnxValue maps) {
    OnnxValue pooled =
        switch (kind) {
          case GAP -> overGrid(graph, "ReduceMean", maps);
          case GMP -> overGrid(graph, "ReduceMax", maps);
          case LSE -> exportLogSumExp(graph, maps);
          case TOP_K -> exportMeanOfLargest(graph, maps);
        };
    return graph.node("Add", List.of(pooled, graph.number(logOdds())));
  }

  private static OnnxValue overGrid(OnnxGraph graph, String operator, OnnxValue maps) {
    return graph.node(
        operator, List.of(maps), OnnxAttribute.list("axes", 2, 3), OnnxAttribute.of("keepdims", 0));
  }

  private OnnxValue exportLogSumExp(OnnxGraph graph, OnnxValue maps) {
    OnnxValue peaks = graph.node("ReduceMax", List.of(maps), OnnxAttribute.list("axes", 2, 3));
    OnnxValue below = graph.node("Sub", List.of(maps, peaks));
    OnnxValue powers =
        graph.node(
            "Exp", List.of(graph.node("Mul", List.of(below, graph.number((float) sharpness)))));
    OnnxValue log = graph.node("Log", List.of(overGrid(graph, "ReduceMean", powers)));
    OnnxValue scaled = graph.node("Mul", List.of(log, graph.number((float) (1 / sharpness))));
    return graph.node("Add", List.of(scaled, overGrid(graph, "ReduceMax", maps)));
  }

  private OnnxValue exportMeanOfLargest(OnnxGraph graph, OnnxValue maps) {
    OnnxValue rows = graph.node("Reshape", List.of(maps, graph.integers(0, 0, -1)));
    OnnxValue shape = graph.node("Shape", List.of(rows), OnnxAttribute.of("start", 2));
    OnnxValue cells =
        graph.node("Cast", List.of(shape), OnnxAttribute.of("to", OnnxType.DOUBLE.code()));
    OnnxValue share = graph.node("Mul", List.of(cells, graph.precise(topShare)));
    OnnxValue rounded =
        graph.node("Floor", List.of(graph.node("Add", List.of(share, graph.precise(0.5)))));
    OnnxValue atLeastOne = graph.node("Max", List.of(rounded, graph.precise(1)));
    OnnxValue count =
        graph.node("Cast", List.of(atLeastOne), OnnxAttribute.of("to", OnnxType.INT64.code()));
    OnnxValue largest =
        graph.nodes("TopK", 2, List.of(rows, count), OnnxAttribute.of("axis", 2)).get(0);
    return graph.node(
        "ReduceMean",
        List.of(largest),
        OnnxAttribute.list("axes", 2),
        OnnxAttribute.of("keepdims", 0));
  }

  private float logOdds() {
    return (float) Math.log(prior / (1 - prior));
  }
}
