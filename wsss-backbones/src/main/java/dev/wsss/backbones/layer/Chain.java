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
import java.util.List;

/**
 * Layers run one after another.
 *
 * <p>Where kernels are tuned, a convolution and the batch norm behind it run as one convolution if
 * the statistics are fixed, and an activation overwrites what a layer before it made: the values
 * and gradients are the same.
 */
public final class Chain extends AbstractBlock implements OnnxBlock {
  private final KernelSet kernels;

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

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray current = input;
    for (int i = 0; i < children.size(); i++) {
      Block layer = children.valueAt(i);
      NDArray next;
      if (layer instanceof Convolution convolution
          && i + 1 < children.size()
          && children.valueAt(i + 1) instanceof BatchNorm norm
          && norm.isFixed(training)
          && kernels.joinsFixedBatchNorm()) {
        next = convolution.forwardWith(norm, kernels, store, current, training);
        i++;
      } else if (layer instanceof Activation activation && current != input) {
        current = kernels.activate(activation.function(), current);
        continue;
      } else {
        next = layer.forward(store, new NDList(current), training).singletonOrThrow();
      }
      if (current != input) {
        current.close();
      }
      current = next;
    }
    return new NDList(current);
  }

  /** A convolution and the batch norm behind it become one. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    List<String> names = ParameterNames.ofChildren(this);
    OnnxValue current = input;
    for (int i = 0; i < names.size(); i++) {
      if (children.valueAt(i) instanceof Convolution convolution
          && i + 1 < names.size()
          && children.valueAt(i + 1) instanceof BatchNorm norm) {
        current = convolution.exportWith(norm, graph.in(names.get(i)), current);
        i++;
      } else {
        current = graph.export(names.get(i), children.valueAt(i), current);
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
