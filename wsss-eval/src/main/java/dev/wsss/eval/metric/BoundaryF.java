package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import java.util.BitSet;

/**
 * How well the outlines of masks follow the true ones: the boundary F-measure of Perazzi et al. ("A
 * Benchmark Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016), by class
 * as in Csurka et al. ("What is a good evaluation measure for semantic segmentation?", BMVC 2013).
 *
 * <p>Of a picture of W×H pixels, for each foreground class that a pixel that counts has in the
 * truth or in the mask:
 *
 * <ol>
 *   <li>boundaries are the pixels that differ, in being of the class, from their right, lower or
 *       lower right neighbour;
 *   <li>two pixels match where they are no farther apart than r = ⌈0.008·√(W² + H²)⌉ pixels;
 *   <li>precision P is the share of the mask's boundary that matches the true one, recall R the
 *       share of the true boundary that matches the mask's; 1 where there is nothing to match;
 *   <li>F = 2PR / (P + R), 0 where both are 0 and where one of the two lacks the class.
 * </ol>
 *
 * <p>A class's F is the mean over these pictures, and the score is the mean over the classes.
 * Pixels whose truth is {@link IndexMask#IGNORE} are of no class in the truth, and the mask's
 * boundary pixels among them are left out of P. Mutable; used by one thread.
 */
public final class BoundaryF {
  /** r as a share of the picture's diagonal. */
  static final double TOLERANCE = 0.008;

  private final double[] sums;
  private final int[] pictures;

  /**
   * @param classes K
   */
  public BoundaryF(int classes) {
    this.sums = new double[classes + 1];
    this.pictures = new int[classes + 1];
  }

  /** Counts one picture; both masks have one size and hold classes or {@code IGNORE} only. */
  public void add(IndexMask truth, IndexMask predicted) {
    BitSet inTruth = new BitSet();
    BitSet inPredicted = new BitSet();
    for (int p = 0; p < truth.indices().length; p++) {
      if ((truth.indices()[p] & 0xff) != IndexMask.IGNORE) {
        inTruth.set(truth.indices()[p] & 0xff);
        inPredicted.set(predicted.indices()[p] & 0xff);
      }
    }
    int radius = (int) Math.ceil(TOLERANCE * Math.hypot(truth.width(), truth.height()));
    for (int index = 1; index < sums.length; index++) {
      if (inTruth.get(index) && inPredicted.get(index)) {
        sums[index] += f(truth, predicted, index, radius);
      }
      if (inTruth.get(index) || inPredicted.get(index)) {
        pictures[index]++;
      }
    }
  }

  private static double f(IndexMask truth, IndexMask predicted, int index, int radius) {
    Boundary wanted = Boundary.of(truth, index);
    Boundary found = Boundary.of(predicted, index);
    double precision = found.counted(truth).near(wanted, radius);
    double recall = wanted.near(found, radius);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** F by mask index, 0…1; NaN for background, and for classes that no picture has. */
  public double[] byIndex() {
    double[] byIndex = new double[sums.length];
    for (int index = 0; index < sums.length; index++) {
      byIndex[index] = pictures[index] == 0 ? Double.NaN : sums[index] / pictures[index];
    }
    return byIndex;
  }

  /** Mean over the classes that a picture has; NaN without any. */
  public double mean() {
    return ThresholdCurve.Quality.mean(byIndex());
  }
}
