package dev.wsss.api.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * In-place updates of a parameter, each in one pass over its values. Call them outside any gradient
 * collection.
 */
public final class FusedUpdates {
  // The engine takes the fused update for a change of its list alone: only because the list is used
  // afterwards does it not drop the update as dead code.
  private static final ScriptedOp SGD =
      ScriptedOp.update(
          "sgd",
          List.of("weight", "gradient", "velocity", "numbers"),
          """
          rate = float(torch.select(numbers, 0, 0))
          momentum = float(torch.select(numbers, 0, 1))
          decay = float(torch.select(numbers, 0, 2))
          weights = [weight]
          _0 = torch._fused_sgd_(weights, [gradient], [velocity], weight_decay=decay, \
          momentum=momentum, lr=rate, dampening=0., nesterov=False, maximize=False, \
          is_first_step=False)
          _1 = torch.zero_(gradient)
          return weights[0]""");

  private static final ScriptedOp MOVING_AVERAGE =
      ScriptedOp.update(
          "moving-average",
          List.of("target", "source", "share"),
          "return torch.lerp_(target, source, float(share))");

  private FusedUpdates() {}

  /**
   * PyTorch's SGD with momentum: {@code v ← m·v + g + wd·w; w ← w − lr·v}, and sets the gradient
   * that {@code weight} collects to zero.
   *
   * @param weight contiguous, as gradient and velocity are
   * @param velocity of the weight's shape, zero before the first step, kept between steps
   */
  public static void sgd(
      NDArray weight,
      NDArray gradient,
      NDArray velocity,
      double rate,
      double momentum,
      double weightDecay) {
    // The engine takes no velocity where momentum is 0; a value that rounds to 0 does the same.
    double kept = Math.max(momentum, Double.MIN_NORMAL);
    try (NDArray numbers = weight.getManager().create(new double[] {rate, kept, weightDecay})) {
      SGD.apply(weight, gradient, velocity, numbers).close();
    }
  }

  /** Moving average {@code target ← decay·target + (1 − decay)·source}. */
  public static void movingAverage(NDArray target, NDArray source, double decay) {
    try (NDArray share = target.getManager().create(1 - decay)) {
      MOVING_AVERAGE.apply(target, source, share).close();
    }
  }
}
