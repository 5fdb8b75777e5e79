package dev.wsss.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * In-place updates of a parameter with one native call each. Call them outside any gradient
 * collection.
 */
public final class FusedUpdates {

  private FusedUpdates() {}

  /**
   * PyTorch's SGD with momentum: {@code v ← m·v + g + wd·w; w ← w − lr·v}, and sets the gradient
   * that {@code weight} collects to zero.
   *
   * <p>DJL's update keeps the rate inside the velocity, so this one passes {@code m·lr/lastLr}; the
   * velocity array then holds {@code lr·v}.
   *
   * @param gradientFactor multiplies the gradient first; below 1 where it is clipped
   * @param velocity of the weight's shape, zero before the first step, kept between steps
   * @param lastRate the rate of the step before; the same as {@code rate} at the first step
   */
  public static void sgd(
      NDArray weight,
      NDArray gradient,
      float gradientFactor,
      NDArray velocity,
      float rate,
      float lastRate,
      float momentum,
      float weightDecay) {
    float effective = lastRate == 0 ? 0 : momentum * rate / lastRate;
    weight
        .getNDArrayInternal()
        .sgdUpdate(
            new NDList(weight, gradient, velocity),
            new NDList(weight),
            rate,
            weightDecay,
            gradientFactor,
            -1f,
            effective,
            true);
  }

  /** Moving average {@code target ← decay·target + (1 − decay)·source}. */
  public static void movingAverage(NDArray target, NDArray source, double decay) {
    // SGD with rate −(1 − decay), gradient source and weight decay −1:
    // target + (1 − decay)·(source − target).
    target
        .getNDArrayInternal()
        .sgdUpdate(
            new NDList(target, source),
            new NDList(target),
            (float) -(1 - decay),
            -1f,
            1f,
            -1f,
            0f,
            true);
  }
}
