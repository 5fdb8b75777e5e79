package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Bilinear;
import java.util.BitSet;

/**
 * Class-wise prototypes: {@code p_{i,k} = normalise(Σ_p M_{i,k}(p)·f̂_i(p))} with {@code f̂ =
 * up(F)/‖up(F)‖}, then a mean over images, normalised again. A class that nobody shows has the zero
 * vector.
 *
 * <p>The sum over H×W pixels is one over the h×w grid, exactly: {@code Σ_cells F·upᵀ(M/‖up(F)‖)}.
 */
final class Prototypes {
  private static final double EPSILON = 1e-12;

  private Prototypes() {}

  /** One prototype an image and class, B×(K+1)×D, from features B×D×h×w and winning candidates. */
  static NDArray ofImages(NDArray features, RegionLabels regions, NDArray winners) {
    NDArray masks = regions.masks(winners);
    int height = (int) masks.getShape().get(2);
    int width = (int) masks.getShape().get(3);
    NDArray weights = masks.mul(Bilinear.inverseNorm(features, height, width));
    return regions.assignment().matMul(normalised(sums(weights, features)));
  }

  /**
   * Weighted sums over the pixels of each image, {@code Σ_p weight(p)·up(F)(p)}, B×M×D.
   *
   * @param weights B×M×H×W
   * @param features F, B×D×h×w
   */
  static NDArray sums(NDArray weights, NDArray features) {
    Shape shape = features.getShape();
    int h = (int) shape.get(2);
    int w = (int) shape.get(3);
    NDArray small = Bilinear.adjoint(weights, h, w).reshape(shape.get(0), -1, (long) h * w);
    NDArray cells = features.reshape(shape.get(0), shape.get(1), (long) h * w);
    return small.matMul(cells.transpose(0, 2, 1));
  }

  /** Mean over the batch, 1×(K+1)×D. */
  static NDArray ofBatch(NDArray each) {
    return normalised(each.sum(new int[] {0}, true).div(images(each)));
  }

  /** For each image the mean over the others, B×(K+1)×D; zero for a batch of one. */
  static NDArray ofOthers(NDArray each) {
    NDArray others = each.sum(new int[] {0}, true).sub(each);
    return normalised(others.div(Math.max(1, images(each) - 1)));
  }

  /** Vectors over the last of three axes at unit length; zero stays zero. */
  static NDArray normalised(NDArray vectors) {
    return vectors.normalize(2, 2, EPSILON);
  }

  /** Which of the K+1 classes have a prototype other than zero, at least in one set. */
  static BitSet shown(NDArray prototypes) {
    int classes = (int) prototypes.getShape().get(1);
    float[] largest = prototypes.abs().max(new int[] {2}).toFloatArray();
    BitSet shown = new BitSet();
    for (int at = 0; at < largest.length; at++) {
      if (largest[at] > 0) {
        shown.set(at % classes);
      }
    }
    return shown;
  }

  private static float images(NDArray each) {
    return each.getShape().get(0);
  }
}
