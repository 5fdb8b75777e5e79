package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * {@code min(max(x, 0), 6)}; no gradient at or beyond the limits.
 *
 * <p>Training computes {@code relu(x) − relu(x − 6)}: the engine clips in one pass, but its
 * gradient takes longer than four such passes, a tenth of a whole training step of MobileNetV2.
 */
public final class Relu6 extends AbstractBlock {
  private static final int LIMIT = 6;

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(training ? rectifyTwice(input) : clip(input));
  }

  private static NDArray rectifyTwice(NDArray input) {
    try (NDArray lower = input.getNDArrayInternal().relu();
        NDArray beyond = input.sub(LIMIT);
        NDArray upper = beyond.getNDArrayInternal().relu()) {
      return lower.sub(upper);
    }
  }

  private static NDArray clip(NDArray input) {
    NDManager owner = input.getManager();
    try (NDManager scratch = owner.newSubManager()) {
      // The engine makes two arrays of the bounds and leaves them on the input's manager.
      input.attach(scratch);
      NDArray output = input.clip(0, LIMIT);
      input.attach(owner);
      output.attach(owner);
      return output;
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
