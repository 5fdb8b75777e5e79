package dev.wsss.train.affinity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Constants;
import dev.wsss.eval.refine.crf.Team;

/**
 * Cross-entropy of affinities (Ahn and Kwak 2018, equations 1 and 4 to 7): with {@code d_ij =
 * mean_c |f_ci − f_cj|} and {@code a_ij = exp(−d_ij)},
 *
 * <pre>L = ¼ mean_bg −log a + ¼ mean_fg −log a + ½ mean_neg −log(1 − a),</pre>
 *
 * over the pairs of {@link PairTargets}. As in the authors' code, ε = 10⁻⁵ is added inside the
 * logarithms.
 *
 * <p>The gradient is worked out in {@link PairGradient} and not by the engine: {@code ∂L/∂d =
 * w·a/(a + ε)} of a positive pair and {@code −w·a/(1 + ε − a)} of a negative one, {@code ∂d/∂f_ci =
 * sign(f_ci − f_cj)/F}. The engine would hold differences of all 34 steps between cells at once,
 * 1.5 GB for eight pictures of 448×448 and 448 channels, and reads and writes as much for each
 * operation on them.
 */
final class AffinityLoss {

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
    int pictures = (int) shape.get(0);
    int cells = (int) (shape.get(2) * shape.get(3));
    PairGradient worked =
        PairGradient.of(features.toFloatArray(), pictures, cells, targets, Team.usualLanes());
    NDArray gradient = Constants.of(features.getManager(), worked.values(), shape.getShape());
    // Its value is the loss, whose gradient by the features is what was worked out.
    NDArray inner = features.mul(gradient).sum();
    NDArray loss = features.getManager().create((float) worked.loss());
    return inner.sub(inner.stopGradient()).add(loss);
  }
}
