package dev.wsss.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.layer.Bicubic;
import dev.wsss.backbones.layer.Chain;
import dev.wsss.backbones.layer.LayerNorm;
import dev.wsss.backbones.layer.Linear;
import dev.wsss.backbones.layer.PatchEmbedding;
import dev.wsss.backbones.layer.TransformerBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of {@link VisionTransformer}: images B×3×H×W → {@code patch_embed}, B×D×h×w → tokens
 * B×(1+h·w)×D, {@code cls_token} first and then the cells row by row, plus {@code pos_embed} →
 * {@code blocks} → {@code norm} → the tokens of the cells as B×D×h×w.
 *
 * <p>CLIP's has {@code norm_pre} before the blocks and {@code head} after {@code norm}, a
 * projection to the space that it shares with texts; the features are then B×512×h×w.
 *
 * <p>{@code pos_embed}, 1×(1+g·g)×D, is of the grid of the pictures that weights were trained on;
 * for another grid the positions of the cells are resized by {@link Bicubic}, as DeiT's are.
 */
final class PatchTokens extends AbstractBlock implements OnnxBlock {
  private final TransformerSize size;
  private final Parameter classToken;
  private final Parameter positions;
  private final Chain embedding;
  private final Chain blocks;
  private final List<TransformerBlock> layers = new ArrayList<>();
  private final LayerNorm norm;
  private final boolean lastAttends;
  private final @Nullable LayerNorm normBefore;
  private final @Nullable Linear projection;

  /**
   * @param frozen blocks that do not learn, from the input; where there are any, nor do embedding,
   *     class token and positions, and where all are, nor does a projection
   * @param lastAttends whether tokens attend to each other in the last block, or each to itself
   */
  PatchTokens(TransformerSize size, int frozen, boolean lastAttends, Kernels kernels) {
    this.size = size;
    this.lastAttends = lastAttends;
    this.classToken = add("cls_token", frozen);
    this.positions = add("pos_embed", frozen);
    this.embedding =
        addChildBlock(
            "patch_embed",
            new Chain(kernels)
                .then("proj", new PatchEmbedding(size.patch(), size.channels(), !size.isClip())));
    this.normBefore = size.isClip() ? addChildBlock("norm_pre", size.style().norm()) : null;
    if (frozen > 0) {
      embedding.freezeParameters(true);
      if (normBefore != null) {
        normBefore.freezeParameters(true);
      }
    }
    this.blocks = addChildBlock("blocks", new Chain(kernels));
    for (int i = 0; i < size.layers(); i++) {
      TransformerBlock layer =
          new TransformerBlock(size.channels(), size.heads(), size.style(), kernels);
      if (i < frozen) {
        layer.freezeParameters(true);
      }
      layers.add(layer);
      blocks.then(Integer.toString(i), layer);
    }
    this.norm = addChildBlock("norm", size.style().norm());
    this.projection =
        size.isClip() ? addChildBlock("head", new Linear(size.outputs(), false)) : null;
    if (projection != null && frozen == size.layers()) {
      norm.freezeParameters(true);
      projection.freezeParameters(true);
    }
  }

  /** Without weight decay, which would pull positions together. */
  private Parameter add(String name, int frozen) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optInitializer(Initialisation.TRUNCATED_NORMAL)
            .optRequiresGrad(frozen == 0)
            .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray tokens = embed(store, inputs.singletonOrThrow(), training);
    for (TransformerBlock layer : attending()) {
      NDArray next = layer.forward(store, new NDList(tokens), training).singletonOrThrow();
      tokens.close();
      tokens = next;
    }
    tokens = withoutAttention(store, tokens, training);
    return new NDList(grid(store, tokens, inputs.singletonOrThrow().getShape(), training));
  }

  /** A pass in evaluation mode that gives the attention of each layer and then the output. */
  NDList forwardAttention(ParameterStore store, NDArray images) {
    NDList all = new NDList();
    NDArray tokens = embed(store, images, false);
    for (TransformerBlock layer : attending()) {
      NDList both = layer.forwardBoth(store, tokens, false);
      tokens.close();
      all.add(both.get(0));
      tokens = both.get(1);
    }
    tokens = withoutAttention(store, tokens, false);
    all.add(grid(store, tokens, images.getShape(), false));
    return all;
  }

  /** The blocks in which tokens attend to each other. */
  List<TransformerBlock> attending() {
    return lastAttends ? layers : layers.subList(0, layers.size() - 1);
  }

  /** The last block where it does not attend; closes the tokens then. */
  private NDArray withoutAttention(ParameterStore store, NDArray tokens, boolean training) {
    if (lastAttends) {
      return tokens;
    }
    try (tokens) {
      return last().forwardWithoutAttention(store, tokens, training);
    }
  }

  private TransformerBlock last() {
    return layers.get(layers.size() - 1);
  }

  /** Tokens B×(1+h·w)×D with their positions. */
  private NDArray embed(ParameterStore store, NDArray images, boolean training) {
    Device device = images.getDevice();
    NDArray first = store.getValue(classToken, device, training);
    NDArray places = store.getValue(positions, device, training);
    try (NDArray cells = embedding.forward(store, new NDList(images), training).singletonOrThrow();
        NDArray flat = cells.reshape(cells.getShape().get(0), size.channels(), -1);
        NDArray patches = flat.transpose(0, 2, 1);
        NDArray repeated = first.broadcast(images.getShape().get(0), 1, size.channels());
        NDArray tokens = repeated.concat(patches, 1);
        NDArray own = places(places, cells.getShape())) {
      tokens.attach(images.getManager()); // it would belong to the parameters' manager
      return before(store, tokens.add(own), training);
    }
  }

  /** Normalises tokens, which are closed, where the blocks want it. */
  private NDArray before(ParameterStore store, NDArray tokens, boolean training) {
    if (normBefore == null) {
      return tokens;
    }
    try (tokens) {
      return normBefore.forward(store, new NDList(tokens), training).singletonOrThrow();
    }
  }

  /** 1×(1+h·w)×D. */
  private NDArray places(NDArray all, Shape cells) {
    int side = size.gridSide();
    int rows = (int) cells.get(2);
    int columns = (int) cells.get(3);
    try (NDArray first = all.get(new NDIndex(":, :1"));
        NDArray others = all.get(new NDIndex(":, 1:"));
        NDArray trained = others.reshape(side, side, size.channels());
        NDArray resized = Bicubic.resize(trained, rows, columns);
        NDArray flat = resized.reshape(1, (long) rows * columns, size.channels())) {
      return first.concat(flat, 1);
    }
  }

  /** Normalises tokens, which are closed, and puts those of the cells in their places. */
  private NDArray grid(ParameterStore store, NDArray tokens, Shape images, boolean training) {
    Shape grid = getOutputShapes(new Shape[] {images})[0];
    try (tokens;
        NDArray normal = norm.forward(store, new NDList(tokens), training).singletonOrThrow();
        NDArray patches = normal.get(new NDIndex(":, 1:"));
        NDArray projected = projected(store, patches, training);
        NDArray channelsFirst = projected.transpose(0, 2, 1)) {
      return channelsFirst.reshape(grid);
    }
  }

  private NDArray projected(ParameterStore store, NDArray patches, boolean training) {
    return projection == null
        ? patches
        : projection.forward(store, new NDList(patches), training).singletonOrThrow();
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    OnnxValue cells = graph.export("patch_embed", embedding, images);
    OnnxValue shape = graph.node("Shape", List.of(cells));
    OnnxValue tokens = tokens(graph, cells, shape);
    if (normBefore != null) {
      tokens = graph.export("norm_pre", normBefore, tokens);
    }
    OnnxGraph below = graph.in("blocks");
    for (int i = 0; i < attending().size(); i++) {
      tokens = below.export(Integer.toString(i), layers.get(i), tokens);
    }
    if (!lastAttends) {
      OnnxGraph own = below.in(Integer.toString(layers.size() - 1));
      tokens = last().exportWithoutAttention(own, tokens);
    }
    OnnxValue normal = graph.export("norm", norm, tokens);
    OnnxValue patches = cut(graph, normal, 1, Integer.MAX_VALUE, 1);
    if (projection != null) {
      patches = graph.export("head", projection, patches);
    }
    OnnxValue outputs =
        joined(
            graph,
            0,
            cut(graph, shape, 0, 1, 0),
            graph.integers(size.outputs()),
            cut(graph, shape, 2, 4, 0));
    return graph.node("Reshape", List.of(swapped(graph, patches), outputs));
  }

  private OnnxValue tokens(OnnxGraph graph, OnnxValue cells, OnnxValue shape) {
    OnnxValue all = graph.parameter(positions);
    OnnxValue first =
        graph.node("Add", List.of(graph.parameter(classToken), cut(graph, all, 0, 1, 1)));
    OnnxValue batch = cut(graph, shape, 0, 1, 0);
    OnnxValue repeated =
        graph.node(
            "Expand", List.of(first, joined(graph, 0, batch, graph.integers(1, size.channels()))));
    OnnxValue placed = graph.node("Add", List.of(cells, places(graph, all, shape)));
    OnnxValue flat = graph.node("Reshape", List.of(placed, graph.integers(0, size.channels(), -1)));
    return joined(graph, 1, repeated, swapped(graph, flat));
  }

  /** The positions of the cells, 1×D×h×w. */
  private OnnxValue places(OnnxGraph graph, OnnxValue all, OnnxValue shape) {
    int side = size.gridSide();
    OnnxValue trained =
        graph.node(
            "Reshape",
            List.of(
                swapped(graph, cut(graph, all, 1, Integer.MAX_VALUE, 1)),
                graph.integers(1, size.channels(), side, side)));
    OnnxValue grid = cut(graph, shape, 2, 4, 0);
    return Bicubic.export(
        graph, trained, joined(graph, 0, graph.integers(1, size.channels()), grid));
  }

  private static OnnxValue cut(OnnxGraph graph, OnnxValue x, long from, long to, long axis) {
    return graph.node(
        "Slice", List.of(x, graph.integers(from), graph.integers(to), graph.integers(axis)));
  }

  private static OnnxValue joined(OnnxGraph graph, long axis, OnnxValue... parts) {
    return graph.node("Concat", List.of(parts), OnnxAttribute.of("axis", axis));
  }

  /** B×N×D as B×D×N, and back. */
  private static OnnxValue swapped(OnnxGraph graph, OnnxValue x) {
    return graph.node("Transpose", List.of(x), OnnxAttribute.list("perm", 0, 2, 1));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    classToken.setShape(new Shape(1, 1, size.channels()));
    long cells = (long) size.gridSide() * size.gridSide();
    positions.setShape(new Shape(1, 1 + cells, size.channels()));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    embedding.initialize(manager, dataType, inputs);
    Shape grid = embedding.getOutputShapes(inputs)[0];
    Shape tokens = new Shape(grid.get(0), 1 + grid.get(2) * grid.get(3), size.channels());
    blocks.initialize(manager, dataType, tokens);
    norm.initialize(manager, dataType, tokens);
    if (normBefore != null) {
      normBefore.initialize(manager, dataType, tokens);
    }
    if (projection != null) {
      projection.initialize(manager, dataType, tokens);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape grid = embedding.getOutputShapes(inputs)[0];
    return new Shape[] {new Shape(grid.get(0), size.outputs(), grid.get(2), grid.get(3))};
  }
}
