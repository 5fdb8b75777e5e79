package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** {@code min(max(x, 0), 6)}. */
public final class Relu6 extends AbstractBlock {

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDManager owner = input.getManager();
    try (NDManager scratch = owner.newSubManager()) {
      // The engine makes two arrays of the bounds and leaves them on the input's manager.
      input.attach(scratch);
      NDArray output = input.clip(0, 6);
      input.attach(owner);
      output.attach(owner);
      return new NDList(output);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
