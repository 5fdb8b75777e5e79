package dev.wsss.eval.metric;

import java.util.Arrays;

/**
 * What every threshold j/bins, j = 1…bins, makes of the counted pixels: a pixel is predicted as its
 * winning class where its score is at least the threshold, else as background.
 *
 * <p>Read from the counts in one sweep from the highest bin down, O(bins·K²).
 */
final class ThresholdCurve {
  private final int bins;
  private final long[] truth;
  private final long[][] predicted;
  private final long[][] agreed;

  ThresholdCurve(PixelCounts counts) {
    int classes = counts.classes();
    bins = counts.bins();
    truth = new long[classes + 1];
    predicted = new long[bins + 1][];
    agreed = new long[bins + 1][];
    long[] predictedSoFar = new long[classes + 1];
    long[] agreedSoFar = new long[classes + 1];
    for (int bin = bins; bin >= 0; bin--) {
      for (int t = 0; t <= classes; t++) {
        for (int k = 0; k < classes; k++) {
          long n = counts.count(t, k, bin);
          truth[t] += n;
          predictedSoFar[k + 1] += n;
          if (t == k + 1) {
            agreedSoFar[t] += n;
          }
          if (t == 0) {
            agreedSoFar[0] -= n; // background lost to the foreground at this threshold
          }
        }
      }
      predicted[bin] = predictedSoFar.clone();
      agreed[bin] = agreedSoFar.clone();
    }
    long pixels = Arrays.stream(truth).sum();
    for (int j = 0; j <= bins; j++) {
      predicted[j][0] = pixels - Arrays.stream(predicted[j]).sum();
      agreed[j][0] += truth[0];
    }
  }

  /** The quality at threshold j/bins. */
  Quality at(int j) {
    int n = truth.length;
    double[] iou = new double[n];
    double[] precision = new double[n];
    double[] recall = new double[n];
    for (int c = 0; c < n; c++) {
      boolean marked = c > 0 || truth[0] > 0;
      long union = marked ? truth[c] + predicted[j][c] - agreed[j][c] : 0;
      iou[c] = share(agreed[j][c], union, union);
      precision[c] = share(agreed[j][c], predicted[j][c], union);
      recall[c] = share(agreed[j][c], truth[c], union);
    }
    return new Quality(j / (double) bins, iou, precision, recall);
  }

  private static double share(long part, long whole, long union) {
    if (union == 0) {
      return Double.NaN;
    }
    return whole == 0 ? 0 : part / (double) whole;
  }

  /** Index of the threshold with the largest mean IoU; the lowest of equals. */
  int best() {
    int best = 1;
    double most = at(1).meanIou();
    for (int j = 2; j <= bins; j++) {
      double mean = at(j).meanIou();
      if (mean > most) {
        best = j;
        most = mean;
      }
    }
    return best;
  }

  /**
   * Per mask index; NaN where it occurs neither in the truth nor in the prediction, and for
   * background that the truth never holds.
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one reading
  record Quality(double threshold, double[] iou, double[] precision, double[] recall) {

    double meanIou() {
      return mean(iou);
    }

    static double mean(double[] perClass) {
      return Arrays.stream(perClass).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }
  }
}
