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

/** Layers run one after another. */
public final class Chain extends AbstractBlock {

  /** An empty chain, to be filled by {@link #then}. */
  public Chain() {}

  /** Layers called 0, 1, 2…, as in PyTorch's {@code Sequential}. */
  public static Chain of(Block... layers) {
    Chain chain = new Chain();
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

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray current = input;
    for (var child : children) {
      NDArray next =
          child.getValue().forward(store, new NDList(current), training).singletonOrThrow();
      if (current != input) {
        current.close();
      }
      current = next;
    }
    return new NDList(current);
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
