package dev.wsss.rcm;

import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Present;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One view's maps of a batch as shares of their maxima, on the Java heap: what the labels of pixels
 * and the weights of prototypes are made of. A grid of the smaller view has some hundred cells a
 * picture, so that to sort them here costs nothing.
 *
 * @param present the n pairs
 * @param shares n×cells, {@code relu(A) / (max relu(A) + 1e-5)}
 * @param best for each image and cell the largest share of its classes, 0 without; B×cells
 * @param winner the first class with that share, K where the image shows none; B×cells
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MapShares(Present present, int cells, float[] shares, float[] best, int[] winner) {
  private static final float EPSILON = 1e-5f;

  /**
   * Divides maps by their maxima.
   *
   * @param maps of the batch's pairs, rectified, n×cells
   */
  static MapShares of(Batch batch, int cells, float[] maps) {
    Present present = batch.present(0, batch.size());
    float[] shares = new float[maps.length];
    float[] best = new float[batch.size() * cells];
    int[] winner = new int[batch.size() * cells];
    Arrays.fill(winner, batch.classes().count());
    for (int pair = 0; pair < present.size(); pair++) {
      float max = 0;
      for (int p = 0; p < cells; p++) {
        max = Math.max(max, maps[pair * cells + p]);
      }
      for (int p = 0; p < cells; p++) {
        float share = maps[pair * cells + p] / (max + EPSILON);
        shares[pair * cells + p] = share;
        int at = present.image()[pair] * cells + p;
        if (share > best[at] || winner[at] == batch.classes().count()) {
          best[at] = share;
          winner[at] = present.classIndex()[pair];
        }
      }
    }
    return new MapShares(present, cells, shares, best, winner);
  }

  /** Class of each pixel, {@code background} where no share reaches the threshold; B×cells. */
  int[] labels(double threshold, int background) {
    return IntStream.range(0, best.length)
        .map(at -> best[at] >= threshold ? winner[at] : background)
        .toArray();
  }

  /**
   * How much each pixel counts in each prototype, B×(K+1)×cells: its share where it is among the
   * class's largest positive ones in the batch, the first of equal ones; for background, the last,
   * {@code 1 − max_k} of all pixels with that label.
   *
   * @param labels as {@link #labels} gives
   * @param pixels how many of a class count
   */
  float[] weights(int[] labels, int pixels, int background) {
    int classes = background + 1;
    float[] weights = new float[best.length * classes];
    for (int at = 0; at < best.length; at++) {
      if (labels[at] == background) {
        weights[(at / cells * classes + background) * cells + at % cells] = 1 - best[at];
      }
    }
    IntStream.range(0, background).forEach(k -> addLargest(k, pixels, classes, weights));
    return weights;
  }

  private void addLargest(int k, int pixels, int classes, float[] weights) {
    IntStream.range(0, shares.length)
        .filter(at -> present.classIndex()[at / cells] == k && shares[at] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer at) -> -shares[at]))
        .limit(pixels)
        .forEach(
            at -> {
              int image = present.image()[at / cells];
              weights[(image * classes + k) * cells + at % cells] = shares[at];
            });
  }
}
