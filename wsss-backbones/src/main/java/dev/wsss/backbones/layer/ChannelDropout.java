package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Sets whole channels of B×C×H×W to zero in a training pass, each of each image with a probability,
 * and enlarges the others so that the mean stays (Tompson et al. 2015): neighbouring pixels are
 * alike, so that one alone is no loss. Evaluation gives the input itself.
 *
 * <p>Draws come from the engine's own generator, B·C of them in a pass: whoever trains sets its
 * seed before each step.
 */
public final class ChannelDropout extends Dropout {

  /**
   * @param probability from 0, which changes nothing, to below 1
   */
  public ChannelDropout(double probability) {
    super(probability);
  }

  @Override
  NDArray dropped(NDArray input, float share) {
    Shape shape = input.getShape();
    try (NDArray ones = input.getManager().ones(new Shape(shape.get(0), shape.get(1), 1, 1));
        NDArray mask = super.dropped(ones, share)) {
      return input.mul(mask);
    }
  }
}
