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
 * Sets whole channels of B×C×H×W to zero in a training pass, each of each image with a probability,
 * and enlarges the others so that the mean stays (Tompson et al. 2015): neighbouring pixels are
 * alike, so that one alone is no loss. Evaluation gives the input itself.
 *
 * <p>Draws come from the engine's own generator, B·C of them in a pass: whoever trains sets its
 * seed before each step.
 */
public final class ChannelDropout extends AbstractBlock implements OnnxBlock {
  private final float probability;

  /**
   * @param probability from 0, which changes nothing, to below 1
   */
  public ChannelDropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability must be from 0 to below 1, not " + probability);
    }
    this.probability = (float) probability;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    if (!training || probability == 0) {
      return inputs;
    }
    NDArray input = inputs.singletonOrThrow();
    Shape shape = input.getShape();
    try (NDArray ones = input.getManager().ones(new Shape(shape.get(0), shape.get(1), 1, 1));
        NDArray mask =
            ones.getNDArrayInternal().dropout(ones, probability, true).singletonOrThrow()) {
      return new NDList(input.mul(mask));
    }
  }

  /** Writes nothing, as it does nothing in evaluation. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return input;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
