package dev.wsss.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;

/**
 * In-place updates of parameters, each in one pass over their values and all of them in one call,
 * which for small ones costs more than the pass. Call them outside any gradient collection.
 */
public final class FusedUpdates {
  // The engine takes the fused update for a change of its list alone: only because the list is used
  // afterwards does it not drop the update as dead code.
  private static final ScriptedOp SGD =
      ScriptedOp.update(
          "sgd",
          List.of("weights", "gradients", "velocities", "numbers"),
          """
          _0 = torch._fused_sgd_(weights, gradients, velocities, weight_decay=float(numbers[2]), \
          momentum=float(numbers[1]), lr=float(numbers[0]), dampening=0., nesterov=False, \
          maximize=False, is_first_step=False)
          return weights[0]""");

  private static final ScriptedOp ZERO =
      ScriptedOp.update(
          "zero",
          List.of("arrays"),
          """
          _0 = torch._foreach_zero_(arrays)
          return arrays[0]""");

  private static final ScriptedOp MOVING_AVERAGE =
      ScriptedOp.update(
          "moving-average",
          List.of("targets", "sources", "numbers"),
          """
          _0 = torch._foreach_lerp_(targets, sources, float(numbers[0]))
          return targets[0]""");

  private static final ScriptedOp COPY =
      ScriptedOp.update(
          "copy",
          List.of("targets", "sources"),
          """
          _0 = torch._foreach_copy_(targets, sources)
          return targets[0]""");

  private FusedUpdates() {}

  /**
   * PyTorch's SGD with momentum: {@code v ← m·v + g + wd·w; w ← w − lr·v}.
   *
   * @param weights contiguous, as gradients and velocities are
   * @param gradients as many, those that the weights collect
   * @param velocities as many of the weights' shapes, zero before the first step, kept between
   *     steps
   */
  public static void sgd(
      NDList weights,
      NDList gradients,
      NDList velocities,
      double rate,
      double momentum,
      double weightDecay) {
    if (weights.isEmpty()) {
      return;
    }
    // The engine takes no velocity where momentum is 0; a value that rounds to 0 does the same.
    double kept = Math.max(momentum, Double.MIN_NORMAL);
    try (NDList numbers = numbers(weights, rate, kept, weightDecay)) {
      SGD.applyToLists(List.of(weights, gradients, velocities, numbers)).close();
    }
  }

  /** Sets all values to 0. */
  public static void zero(NDList arrays) {
    if (!arrays.isEmpty()) {
      ZERO.applyToLists(List.of(arrays)).close();
    }
  }

  /**
   * Moving average {@code target ← decay·target + (1 − decay)·source}.
   *
   * @param targets changed in place
   * @param sources as many of the targets' shapes
   */
  public static void movingAverage(NDList targets, NDList sources, double decay) {
    if (targets.isEmpty()) {
      return;
    }
    try (NDList numbers = numbers(targets, 1 - decay)) {
      MOVING_AVERAGE.applyToLists(List.of(targets, sources, numbers)).close();
    }
  }

  /**
   * Copies values. DJL's own {@code copyTo} goes through Java's memory, and makes the engine print
   * a deprecation warning in every process.
   *
   * @param targets changed in place
   * @param sources as many of the targets' shapes
   */
  public static void copy(NDList targets, NDList sources) {
    if (!targets.isEmpty()) {
      COPY.applyToLists(List.of(targets, sources)).close();
    }
  }

  private static NDList numbers(NDList beside, double... values) {
    NDManager manager = beside.head().getManager();
    return new NDList(Arrays.stream(values).mapToObj(manager::create).toArray(NDArray[]::new));
  }
}
