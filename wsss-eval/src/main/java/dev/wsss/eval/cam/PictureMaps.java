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

  /** What is done with the scores of a row of pixels. */
  @FunctionalInterface
  public interface Row {
    /**
     * Takes a row.
     *
     * @param y of the row, from the top
     * @param lines the present classes' scores, n×W; good until this returns
     */
    void take(int y, float[][] lines);
  }

  /**
   * Divides each map by its own maximum, in place.
   *
   * @param sums activations of the example's labels, n×H×W, 0 or more
   */
  public static PictureMaps of(
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
    return winners(width, height, width, height);
  }

  /**
   * Gives every pixel of the picture at another size, such as that of its file, to the class with
   * the largest score; the lowest of equals.
   *
   * @param coveredWidth what the maps cover, in pixels of that size
   * @param coveredHeight likewise
   * @param toWidth pixels that are wanted, from the left; at most {@code coveredWidth}
   * @param toHeight from the top; at most {@code coveredHeight}
   * @return all zeros if no class is present
   */
  public ScoreMap winners(int coveredWidth, int coveredHeight, int toWidth, int toHeight) {
    byte[] winner = new byte[Math.multiplyExact(toWidth, toHeight)];
    float[] score = new float[winner.length];
    rows(
        coveredWidth,
        coveredHeight,
        toHeight,
        (y, lines) -> {
          int at = y * toWidth;
          for (int x = 0; x < toWidth; x++) {
            int j = winner(lines, x);
            winner[at + x] = (byte) present[j];
            score[at + x] = lines[j][x];
          }
        });
    return new ScoreMap(toWidth, toHeight, winner, score);
  }

  /**
   * Which of the present classes has the largest score in a column of a row, the lowest of equals.
   * A NaN wins, so that the metrics can name the picture.
   */
  public static int winner(float[][] lines, int x) {
    int winner = 0;
    for (int j = 1; j < lines.length; j++) {
      if (lines[j][x] > lines[winner][x] || Float.isNaN(lines[j][x])) {
        winner = j;
      }
    }
    return winner;
  }

  /**
   * Goes through the scores of the picture at another size, resized bilinearly, from top to bottom:
   * a large picture does not need the memory of all its classes at once. No row is taken if no
   * class is present.
   *
   * @param count rows that are wanted, from the top
   */
  public void rows(int toWidth, int toHeight, int count, Row to) {
    if (present.length == 0) {
      return;
    }
    LinearAxis rows = LinearAxis.of(height, toHeight);
    LinearAxis columns = LinearAxis.of(width, toWidth);
    float[][] lines = new float[present.length][toWidth];
    float[] mixed = new float[width];
    for (int y = 0; y < count; y++) {
      for (int j = 0; j < present.length; j++) {
        LinearAxis.row(scores, j * width * height, rows, columns, y, mixed, lines[j]);
      }
      to.take(y, lines);
    }
  }
}
