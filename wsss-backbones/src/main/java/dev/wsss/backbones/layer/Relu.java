package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** {@code max(x, 0)}. */
public final class Relu extends AbstractBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(inputs.singletonOrThrow().getNDArrayInternal().relu());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
