package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import dev.wsss.api.tensor.Precision;
import java.util.List;

/**
 * Attention of tokens to each other (Vaswani et al. 2017), B×N×D to B×N×D: {@code qkv} gives each
 * token queries, keys and values of H heads with D/H channels; {@code A = softmax(q·kᵀ/√(D/H))},
 * B×H×N×N, says how much each token takes of the others' values; {@code proj} mixes the heads.
 */
public final class SelfAttention extends AbstractBlock implements OnnxBlock {
  private final int channels;
  private final int heads;
  private final float scale;
  private final Linear qkv;
  private final Linear proj;

  /**
   * @param channels D
   * @param heads H, which divides D
   */
  public SelfAttention(int channels, int heads) {
    if (heads < 1 || channels % heads != 0) {
      throw new IllegalArgumentException(
          channels + " channels cannot be split into " + heads + " heads");
    }
    this.channels = channels;
    this.heads = heads;
    this.scale = (float) (1 / Math.sqrt((double) channels / heads));
    this.qkv = addChildBlock("qkv", new Linear(3 * channels));
    this.proj = addChildBlock("proj", new Linear(channels));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList both = forwardBoth(store, inputs.singletonOrThrow(), training);
    both.get(0).close();
    return new NDList(both.get(1));
  }

  /** A pass that gives A and then the output; the caller closes both. */
  NDList forwardBoth(ParameterStore store, NDArray tokens, boolean training) {
    Shape shape = tokens.getShape();
    long batch = shape.get(0);
    long count = shape.get(1);
    try (NDArray all = qkv.forward(store, new NDList(tokens), training).singletonOrThrow();
        NDArray split = all.reshape(batch, count, 3, heads, channels / heads);
        NDArray byKind = split.transpose(2, 0, 3, 1, 4);
        NDArray values = byKind.get(2)) {
      NDArray attention = attention(byKind);
      try (NDArray taken = attention.matMul(values);
          NDArray side = taken.transpose(0, 2, 1, 3);
          NDArray joined = side.reshape(batch, count, channels)) {
        return new NDList(
            attention, proj.forward(store, new NDList(joined), training).singletonOrThrow());
      }
    }
  }

  /** What each token gets that takes its own value alone: A is the identity. */
  NDArray ownValues(ParameterStore store, NDArray tokens, boolean training) {
    try (NDArray all = qkv.forward(store, new NDList(tokens), training).singletonOrThrow();
        NDArray values = all.get(new NDIndex(":, :, {}:", 2 * channels))) {
      return proj.forward(store, new NDList(values), training).singletonOrThrow();
    }
  }

  private NDArray attention(NDArray byKind) {
    try (NDArray q = byKind.get(0);
        NDArray scaled = Constants.mul(q, scale);
        NDArray k = byKind.get(1);
        NDArray transposed = k.transpose(0, 1, 3, 2);
        NDArray scores = Precision.float32(scaled.matMul(transposed))) {
      return scores.softmax(-1);
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue tokens) {
    List<OnnxValue> parts = exportParts(graph, tokens);
    OnnxValue q = byHead(graph, parts.get(0), 0, 2, 1, 3);
    OnnxValue k = byHead(graph, parts.get(1), 0, 2, 3, 1);
    OnnxValue v = byHead(graph, parts.get(2), 0, 2, 1, 3);
    OnnxValue scaled = graph.node("Mul", List.of(q, graph.number(scale)));
    OnnxValue scores = graph.node("MatMul", List.of(scaled, k));
    OnnxValue attention = graph.node("Softmax", List.of(scores), OnnxAttribute.of("axis", -1));
    OnnxValue taken = graph.node("MatMul", List.of(attention, v));
    OnnxValue side =
        graph.node("Transpose", List.of(taken), OnnxAttribute.list("perm", 0, 2, 1, 3));
    OnnxValue joined = graph.node("Reshape", List.of(side, graph.integers(0, 0, channels)));
    return graph.export("proj", proj, joined);
  }

  /** {@link #ownValues} as ONNX nodes. */
  OnnxValue exportOwnValues(OnnxGraph graph, OnnxValue tokens) {
    return graph.export("proj", proj, exportParts(graph, tokens).get(2));
  }

  /** Queries, keys and values, B×N×D. */
  private List<OnnxValue> exportParts(OnnxGraph graph, OnnxValue tokens) {
    return graph.nodes(
        "Split",
        3,
        List.of(graph.export("qkv", qkv, tokens), graph.integers(channels, channels, channels)),
        OnnxAttribute.of("axis", 2));
  }

  /** B×N×D as B×N×H×D/H, its axes in another order. */
  private OnnxValue byHead(OnnxGraph graph, OnnxValue part, long... order) {
    OnnxValue split =
        graph.node("Reshape", List.of(part, graph.integers(0, 0, heads, channels / heads)));
    return graph.node("Transpose", List.of(split), OnnxAttribute.list("perm", order));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    qkv.initialize(manager, dataType, inputs);
    proj.initialize(manager, dataType, inputs);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
