package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.KernelSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Layers run one after another.
 *
 * <p>Where kernels are tuned, a convolution and the batch norm behind it run as one convolution if
 * the statistics are fixed, and an activation overwrites what a layer before it made: the values
 * and gradients are the same.
 *
 * <p>A layer may be called a {@link #level()}: then {@link #forwardLevels} gives its output too,
 * also where it is a layer of a chain within this one. Any other pass closes it as early as ever.
 */
public final class Chain extends AbstractBlock implements OnnxBlock {
  private final KernelSet kernels;
  private final Set<Block> levels = Collections.newSetFromMap(new IdentityHashMap<>());

  /** An empty chain, to be filled by {@link #then}. */
  public Chain(Kernels kernels) {
    this.kernels = KernelSet.of(kernels);
  }

  /** Layers called 0, 1, 2…, as in PyTorch's {@code Sequential}. */
  public static Chain of(Kernels kernels, Block... layers) {
    Chain chain = new Chain(kernels);
    for (int i = 0; i < layers.length; i++) {
      chain.addChildBlock(Integer.toString(i), layers[i]);
    }
    return chain;
  }

  /** Appends a layer; its parameters' names begin with {@code name} and a dot. */
  public Chain then(String name, Block layer) {
    addChildBlock(name, layer);
    return this;
  }

  /** Makes the output of the layer appended last a level. */
  public Chain level() {
    levels.add(children.valueAt(children.size() - 1));
    return this;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(run(inputs.singletonOrThrow(), store, training, Optional.empty()));
  }

  /** A pass that gives the output of each level and then this chain's, B×C×h×w each. */
  public NDList forwardLevels(ParameterStore store, NDArray input, boolean training) {
    NDList kept = new NDList();
    NDArray output = run(input, store, training, Optional.of(kept));
    kept.add(output);
    return kept;
  }

  /**
   * @param kept takes the levels on the way, which then are neither closed nor overwritten
   */
  private NDArray run(
      NDArray input, ParameterStore store, boolean training, Optional<NDList> kept) {
    NDArray current = input;
    for (int i = 0; i < children.size(); i++) {
      Block layer = children.valueAt(i);
      // What this chain made and nobody else needs.
      boolean own = current != input && !holds(kept, current);
      NDArray next;
      if (layer instanceof Convolution convolution
          && i + 1 < children.size()
          && children.valueAt(i + 1) instanceof BatchNorm norm
          && convolution.joinsBatchNorm()
          && norm.isFixed(training)
          && !(kept.isPresent() && levels.contains(layer))
          && kernels.joinsFixedBatchNorm()) {
        next = convolution.forwardWith(norm, kernels, store, current, training);
        i++;
      } else if (layer instanceof Convolution convolution) {
        next = convolution.forwardAlone(kernels, store, current, training);
      } else if (layer instanceof Activation activation && own) {
        next = kernels.activate(activation.function(), current);
        own = false; // consumed
      } else if (layer instanceof Chain chain) {
        next = chain.run(current, store, training, kept);
      } else {
        next = layer.forward(store, new NDList(current), training).singletonOrThrow();
      }
      if (own && next != current) {
        current.close();
      }
      current = next;
      if (kept.isPresent() && levels.contains(children.valueAt(i))) {
        kept.get().add(current);
      }
    }
    return current;
  }

  /** By identity: arrays are equal where their values are. */
  private static boolean holds(Optional<NDList> kept, NDArray array) {
    return kept.isPresent() && kept.get().stream().anyMatch(level -> level == array);
  }

  /** A convolution and the batch norm behind it become one. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return write(graph, input, Optional.empty());
  }

  /** {@link #forwardLevels} as ONNX nodes: each level and then the output. */
  public List<OnnxValue> exportLevels(OnnxGraph graph, OnnxValue input) {
    List<OnnxValue> kept = new ArrayList<>();
    OnnxValue output = write(graph, input, Optional.of(kept));
    kept.add(output);
    return kept;
  }

  private OnnxValue write(OnnxGraph graph, OnnxValue input, Optional<List<OnnxValue>> kept) {
    List<String> names = ParameterNames.ofChildren(this);
    OnnxValue current = input;
    for (int i = 0; i < names.size(); i++) {
      Block layer = children.valueAt(i);
      if (layer instanceof Convolution convolution
          && i + 1 < names.size()
          && children.valueAt(i + 1) instanceof BatchNorm norm
          && convolution.joinsBatchNorm()
          && !(kept.isPresent() && levels.contains(layer))) {
        current = convolution.exportWith(norm, graph.in(names.get(i)), current);
        i++;
      } else if (layer instanceof Chain chain) {
        current = chain.write(graph.in(names.get(i)), current, kept);
      } else {
        current = graph.export(names.get(i), layer, current);
      }
      if (kept.isPresent() && levels.contains(children.valueAt(i))) {
        kept.get().add(current);
      }
    }
    return current;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputs) {
    Shape[] shapes = inputs;
    for (var child : children) {
      child.getValue().initialize(manager, dataType, shapes);
      shapes = child.getValue().getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] shapes = inputs;
    for (var child : children) {
      shapes = child.getValue().getOutputShapes(shapes);
    }
    return shapes;
  }
}
