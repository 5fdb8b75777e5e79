package dev.wsss.eval.metric;

import dev.wsss.api.metric.Prediction;
import java.util.Arrays;
import java.util.List;

/** The confusion matrix of one threshold, pixel by pixel: slow and plain. */
final class NaiveConfusion {
  private final long[][] matrix;

  NaiveConfusion(int classes, List<Prediction> pictures, double threshold) {
    matrix = new long[classes + 1][classes + 1];
    for (Prediction picture : pictures) {
      var truth = picture.truth().orElseThrow();
      for (int y = 0; y < truth.height(); y++) {
        for (int x = 0; x < truth.width(); x++) {
          int p = y * truth.width() + x;
          boolean foreground = picture.map().score()[p] >= threshold;
          if (truth.at(x, y) != 255) {
            matrix[truth.at(x, y)][foreground ? picture.map().winner()[p] + 1 : 0]++;
          }
        }
      }
    }
  }

  double[] iou() {
    return perClass((both, predicted, truth) -> both / (double) (predicted + truth - both));
  }

  double[] precision() {
    return perClass((both, predicted, truth) -> predicted == 0 ? 0 : both / (double) predicted);
  }

  double[] recall() {
    return perClass((both, predicted, truth) -> truth == 0 ? 0 : both / (double) truth);
  }

  double meanIou() {
    return Arrays.stream(iou()).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  private double[] perClass(Ratio ratio) {
    double[] values = new double[matrix.length];
    for (int c = 0; c < values.length; c++) {
      int column = c;
      long truth = Arrays.stream(matrix[c]).sum();
      long predicted = Arrays.stream(matrix).mapToLong(row -> row[column]).sum();
      boolean counts = truth > 0 || (c > 0 && predicted > 0);
      values[c] = counts ? ratio.of(matrix[c][c], predicted, truth) : Double.NaN;
    }
    return values;
  }

  private interface Ratio {
    double of(long both, long predicted, long truth);
  }
}
