package dev.wsss.mam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Bilinear;

/**
 * SEAM's pixel correlation module (arXiv 2004.04581, section 3.3) on features that are given: each
 * cell i takes the mean of the maps over all cells j, weighted by how alike their features are,
 * {@code y_i = Σ_j c_ij·A_j / Σ_j c_ij} with {@code c_ij = relu(cos(f_i, f_j))}.
 *
 * <p>The h·w×h·w matrix c is never made. With {@code f = relu(F)}, which changes nothing in
 * features that come from a ReLU, no cosine is negative; so with unit vectors f̂ the sum is {@code
 * (Σ_j A_j f̂_jᵀ) f̂_i}, and time and memory grow with the number of cells, not with its square. A
 * cell without features is like no other and gets 0.
 *
 * <p>Departures: the authors correlate the pixels and two early stages through 1×1 convolutions of
 * their own, whose gradient stops there [authors]; here F is the network's own, and the gradient
 * goes on into it [choice].
 */
final class PixelCorrelation {
  private static final float EPSILON = 1e-5f;

  private PixelCorrelation() {}

  /**
   * Maps b×C×h×w, in graph where features are.
   *
   * @param features b×D×h×w
   * @param maps b×C×h×w, not negative
   */
  static NDArray spread(NDArray features, NDArray maps) {
    Shape shape = maps.getShape();
    long b = shape.get(0);
    long channels = features.getShape().get(1);
    int h = (int) shape.get(2);
    int w = (int) shape.get(3);
    NDArray rectified = features.getNDArrayInternal().relu();
    NDArray unit =
        rectified.mul(Bilinear.inverseNorm(rectified, h, w)).reshape(b, channels, (long) h * w);
    NDArray alike = unit.sum(new int[] {2}, true).transpose(0, 2, 1).matMul(unit).add(EPSILON);
    NDArray sums =
        unit.matMul(maps.reshape(b, shape.get(1), (long) h * w).transpose(0, 2, 1))
            .transpose(0, 2, 1)
            .matMul(unit);
    return sums.div(alike).reshape(shape);
  }
}
