package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** {@code min(max(x, 0), 6)}. */
public final class Relu6 extends AbstractBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(inputs.singletonOrThrow().clip(0, 6));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
