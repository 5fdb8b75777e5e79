package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;

/**
 * Sets each value of a training pass to zero with a probability, and enlarges the others so that
 * the mean stays (Srivastava et al. 2014). Evaluation gives the input itself.
 *
 * <p>Draws come from the engine's own generator: whoever trains sets its seed before each step.
 */
public class Dropout extends AbstractBlock implements OnnxBlock {
  private final float probability;

  /**
   * @param probability from 0, which changes nothing, to below 1
   */
  public Dropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability must be from 0 to below 1, not " + probability);
    }
    this.probability = (float) probability;
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    if (!training || probability == 0) {
      return inputs;
    }
    return new NDList(dropped(inputs.singletonOrThrow(), probability));
  }

  /** The input with some of its values set to zero. */
  NDArray dropped(NDArray input, float share) {
    return input.getNDArrayInternal().dropout(input, share, true).singletonOrThrow();
  }

  /** Writes nothing, as it does nothing in evaluation. */
  @Override
  public final OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return input;
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
