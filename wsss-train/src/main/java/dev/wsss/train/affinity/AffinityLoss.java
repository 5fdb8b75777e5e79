package dev.wsss.train.affinity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Constants;

/**
 * Cross-entropy of affinities (Ahn and Kwak 2018, equations 1 and 4 to 7): with {@code d_ij =
 * mean_c |f_ci − f_cj|} and {@code a_ij = exp(−d_ij)},
 *
 * <pre>L = ¼ mean_bg −log a + ¼ mean_fg −log a + ½ mean_neg −log(1 − a),</pre>
 *
 * over the pairs of {@link PairTargets}. As in the authors' code, 10⁻⁵ is added inside the
 * logarithms.
 *
 * <p>The gradient is worked out here, step by step between cells, and not by the engine: {@code
 * ∂L/∂d = w·a/(a + ε)} of a positive pair and {@code −w·a/(1 + ε − a)} of a negative one, {@code
 * ∂d/∂f_ci = sign(f_ci − f_cj)/F}. The engine would hold differences of all 34 steps at once: 1.5
 * GB for eight pictures of 448×448 and 448 channels, where this holds those of one.
 */
final class AffinityLoss {
  private static final float EPSILON = 1e-5f;

  private AffinityLoss() {}

  /**
   * The loss, in the graph of the features.
   *
   * @param features f, B×F×h×w
   * @param targets of B pictures on that grid
   * @return one number, 0 where there is no pair
   */
  static NDArray of(NDArray features, PairTargets targets) {
    Shape shape = features.getShape();
    int cells = (int) (shape.get(2) * shape.get(3));
    NDArray flat = features.reshape(shape.get(0), shape.get(1), cells);
    NDArray values = flat.stopGradient();
    NDManager manager = features.getManager();
    NDArray gradient = manager.zeros(flat.getShape());
    NDArray loss = manager.zeros(new Shape());
    for (PairTargets.Shift shift : targets.shifts()) {
      loss = loss.add(add(shift, values, gradient));
    }
    // Its value is the loss, whose gradient by the features is what was worked out.
    NDArray inner = flat.mul(gradient).sum();
    return inner.sub(inner.stopGradient()).add(loss);
  }

  /** Adds the gradient of one step's pairs; gives their loss. */
  private static NDArray add(PairTargets.Shift shift, NDArray values, NDArray gradient) {
    int cells = (int) values.getShape().get(2);
    int pairs = cells - shift.offset();
    NDIndex first = new NDIndex(":, :, 0:{}", pairs);
    NDIndex second = new NDIndex(":, :, {}:{}", shift.offset(), cells);
    NDManager manager = values.getManager();
    long pictures = values.getShape().get(0);
    try (NDArray positive = Constants.of(manager, shift.positive(), pictures, 1, pairs);
        NDArray negative = Constants.of(manager, shift.negative(), pictures, 1, pairs);
        NDArray difference = values.get(first).sub(values.get(second));
        NDArray distance = difference.abs().mean(new int[] {1}, true);
        NDArray affinity = distance.neg().exp();
        NDArray together = affinity.add(EPSILON);
        NDArray apart = affinity.neg().add(1 + EPSILON);
        NDArray slope =
            positive.mul(affinity).div(together).sub(negative.mul(affinity).div(apart));
        NDArray own = difference.sign().mul(slope).div((float) values.getShape().get(1))) {
      gradient.get(first).addi(own);
      gradient.get(second).subi(own);
      return positive.mul(together.log()).add(negative.mul(apart.log())).sum().neg();
    }
  }
}
