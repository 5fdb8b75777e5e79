package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.KernelSet;
import java.util.List;

/**
 * A layer of a vision transformer (Dosovitskiy et al. 2021, equations 2 and 3), B×N×D to B×N×D:
 * {@code y = x + attn(norm1(x))}, {@code z = y + mlp(norm2(y))}, where {@code mlp} is {@code fc1}
 * to 4D channels, a {@linkplain TransformerStyle GELU} and {@code fc2} back.
 */
public final class TransformerBlock extends AbstractBlock implements OnnxBlock {
  private final LayerNorm norm1;
  private final SelfAttention attn;
  private final LayerNorm norm2;
  private final Chain mlp;
  private final KernelSet kernelSet;

  /**
   * @param channels D
   */
  public TransformerBlock(int channels, int heads, TransformerStyle style, Kernels kernels) {
    this.norm1 = addChildBlock("norm1", style.norm());
    this.attn = addChildBlock("attn", new SelfAttention(channels, heads));
    this.norm2 = addChildBlock("norm2", style.norm());
    this.mlp =
        addChildBlock(
            "mlp",
            new Chain(kernels)
                .then("fc1", new Linear(4 * channels))
                .then("act", style.activation())
                .then("fc2", new Linear(channels)));
    this.kernelSet = KernelSet.of(kernels);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList both = forwardBoth(store, inputs.singletonOrThrow(), training);
    both.get(0).close();
    return new NDList(both.get(1));
  }

  /** A pass that gives the attention B×H×N×N and then the output; the caller closes both. */
  public NDList forwardBoth(ParameterStore store, NDArray x, boolean training) {
    NDList attended;
    try (NDArray normal = norm1.forward(store, new NDList(x), training).singletonOrThrow()) {
      attended = attn.forwardBoth(store, normal, training);
    }
    return new NDList(attended.get(0), rest(store, attended.get(1), x, training));
  }

  /** A pass in which each token takes its own value alone, as if it attended to itself. */
  public NDArray forwardWithoutAttention(ParameterStore store, NDArray x, boolean training) {
    try (NDArray normal = norm1.forward(store, new NDList(x), training).singletonOrThrow()) {
      return rest(store, attn.ownValues(store, normal, training), x, training);
    }
  }

  /** What follows the attention, whose output is not read again. */
  private NDArray rest(ParameterStore store, NDArray attended, NDArray x, boolean training) {
    try (NDArray y = kernelSet.add(attended, x);
        NDArray normal = norm2.forward(store, new NDList(y), training).singletonOrThrow()) {
      NDArray mixed = mlp.forward(store, new NDList(normal), training).singletonOrThrow();
      return kernelSet.add(mixed, y);
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue x) {
    return exportRest(graph, x, graph.export("attn", attn, graph.export("norm1", norm1, x)));
  }

  /** {@link #forwardWithoutAttention} as ONNX nodes. */
  public OnnxValue exportWithoutAttention(OnnxGraph graph, OnnxValue x) {
    OnnxValue normal = graph.export("norm1", norm1, x);
    return exportRest(graph, x, attn.exportOwnValues(graph.in("attn"), normal));
  }

  private OnnxValue exportRest(OnnxGraph graph, OnnxValue x, OnnxValue attended) {
    OnnxValue y = graph.node("Add", List.of(x, attended));
    OnnxValue mixed = graph.export("mlp", mlp, graph.export("norm2", norm2, y));
    return graph.node("Add", List.of(y, mixed));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    children.values().forEach(child -> child.initialize(manager, dataType, inputs));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
