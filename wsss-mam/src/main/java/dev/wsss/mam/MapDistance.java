package dev.wsss.mam;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.tensor.Constants;
import dev.wsss.mam.MamConfig.Distance;

/**
 * Sums of distances between maps.
 *
 * <p>With d = student − target in a pixel, {@code l1} is |d|, of slope ±1; {@code smooth-l1} is
 * {@code d²/(2β)} where |d| &lt; β and {@code |d| − β/2} elsewhere, of slope d/β and ±1 (Girshick
 * 2015; PyTorch's {@code smooth_l1_loss}).
 *
 * <p>The slope of {@code l1} has its full size however small d is. Where student and teacher start
 * from one checkpoint they differ by rounding alone, and the sign of that decides where each pixel
 * is pulled; {@code smooth-l1} pulls there by what is missing.
 */
final class MapDistance {
  private MapDistance() {}

  /**
   * The sum over all elements, a scalar in graph.
   *
   * @param beta β, only for {@link Distance#SMOOTH_L1}
   * @param student any shape, in graph
   * @param target the same shape, a constant
   */
  static NDArray sum(Distance distance, double beta, NDArray student, NDArray target) {
    NDArray difference = student.sub(target);
    return switch (distance) {
      case L1 -> difference.abs().sum();
      case SMOOTH_L1 -> smooth(difference, (float) beta);
    };
  }

  /**
   * With s = d cut to −β…β, the distance is {@code s·(d − s/2)/β}: and as its slope by s is 0
   * wherever s moves with d, s can be a constant, which leaves three operations in the graph.
   */
  private static NDArray smooth(NDArray difference, float beta) {
    NDArray cut = difference.stopGradient().clip(-beta, beta);
    return Constants.mul(difference.sub(cut.mul(0.5f)).mul(cut).sum(), 1 / beta);
  }
}
