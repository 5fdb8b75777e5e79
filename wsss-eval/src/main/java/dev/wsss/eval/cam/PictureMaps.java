package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;
import dev.wsss.api.metric.ScoreMap;

/**
 * The class activation scores of one picture, class by class.
 *
 * @param example name, and the labels that got maps
 * @param probabilities sigmoid of the logits, K values
 * @param width W in pixels
 * @param height H in pixels
 * @param present the n labelled foreground classes, ascending
 * @param scores n×H×W: each class's activation divided by its largest in the picture + 1e-5
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record PictureMaps(
    Example example, float[] probabilities, int width, int height, int[] present, float[] scores) {
  /** Keeps a class without any activation at zero. */
  private static final float EPSILON = 1e-5f;

  /** Divides each map by its own maximum, in place. */
  static PictureMaps of(
      Example example, float[] probabilities, int width, int height, float[] sums) {
    int[] present = example.labels().stream().toArray();
    int pixels = width * height;
    for (int j = 0; j < present.length; j++) {
      float maximum = 0;
      for (int p = j * pixels; p < (j + 1) * pixels; p++) {
        maximum = Math.max(maximum, sums[p]);
      }
      float divisor = maximum + EPSILON;
      for (int p = j * pixels; p < (j + 1) * pixels; p++) {
        sums[p] /= divisor;
      }
    }
    return new PictureMaps(example, probabilities, width, height, present, sums);
  }

  /** Gives every pixel to the class with the largest score. */
  public ScoreMap winners() {
    return winners(width, height);
  }

  /**
   * Gives every pixel of the picture at another size, such as that of its file, to the class with
   * the largest score; the lowest of equals. The scores are resized bilinearly, a row at a time, so
   * that a large picture does not need the memory of all its classes at once.
   *
   * @return all zeros if no class is present
   */
  public ScoreMap winners(int toWidth, int toHeight) {
    byte[] winner = new byte[Math.multiplyExact(toWidth, toHeight)];
    float[] score = new float[winner.length];
    LinearAxis rows = LinearAxis.of(height, toHeight);
    LinearAxis columns = LinearAxis.of(width, toWidth);
    float[] line = new float[toWidth];
    float[] mixed = new float[width];
    for (int j = 0; j < present.length; j++) {
      byte k = (byte) present[j];
      for (int y = 0; y < toHeight; y++) {
        LinearAxis.row(scores, j * width * height, rows, columns, y, mixed, line);
        int at = y * toWidth;
        for (int x = 0; x < toWidth; x++) {
          // A NaN stays, so that the metrics can name the picture.
          if (j == 0 || line[x] > score[at + x] || Float.isNaN(line[x])) {
            winner[at + x] = k;
            score[at + x] = line[x];
          }
        }
      }
    }
    return new ScoreMap(toWidth, toHeight, winner, score);
  }
}
