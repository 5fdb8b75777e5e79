package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.backbones.kernel.Elementwise;

/** A function of each element by itself, without parameters. */
abstract class Activation extends AbstractBlock implements OnnxBlock {
  private final Elementwise function;

  Activation(Elementwise function) {
    this.function = function;
  }

  Elementwise function() {
    return function;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(function.apply(inputs.singletonOrThrow()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
