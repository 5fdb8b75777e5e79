package dev.wsss.eval.refine.crf;

import dev.wsss.api.data.RgbImage;

/**
 * Finds the simplex of the permutohedral lattice around the features of each pixel of a picture
 * (Adams, Baek and Davis 2010, section 3): its d+1 vertices, packed into a long each, and the
 * pixel's barycentric weights.
 *
 * <p>The lattice lives in the plane of ℝ^(d+1) whose coordinates sum to 0. Features are scaled by
 * √⅔·(d+1), so that the lattice's own blur along its d+1 axes has a standard deviation of 1. A
 * vertex is its first d coordinates, packed with a radix of their own each; one step along an axis
 * adds {@link #step} to the packed key.
 */
final class Simplices {
  private static final double LARGEST_KEY = 0x1p62;

  private final Features features;
  private final int d;
  private final RgbImage picture;
  private final float[][] scaled;
  private final long[] strides;
  private final long origin;

  /**
   * @throws IllegalArgumentException if the deviations are too small for the picture's size
   */
  Simplices(Features features, RgbImage picture) {
    this.features = features;
    this.d = features.count();
    this.picture = picture;
    this.scaled = new float[d][];
    float inverseDeviation = (float) (Math.sqrt(2.0 / 3) * (d + 1));
    for (int i = 0; i < d; i++) {
      float factor = (float) (1 / Math.sqrt((i + 2.0) * (i + 1)) * inverseDeviation);
      scaled[i] = features.values(i, picture.width(), picture.height());
      for (int v = 0; v < scaled[i].length; v++) {
        scaled[i][v] *= factor;
      }
    }
    this.strides = new long[d + 1];
    long least = 1;
    double product = 1;
    long stride = 1;
    for (int i = d - 1; i >= 0; i--) {
      // A vertex is less than d+1 from its pixel, rounding included, and its neighbour d from it.
      int margin = 3 * (d + 1);
      long low = (long) Math.floor(i == 0 ? 0 : -i * largest(i - 1)) - margin;
      double most = margin + 1;
      for (int k = i; k < d; k++) {
        most += largest(k);
      }
      strides[i] = stride;
      least -= low * stride;
      product *= most - low + 1;
      if (!(product < LARGEST_KEY)) {
        throw new IllegalArgumentException(
            "dense-crf: %s are too small for a picture of %d×%d; take larger ones"
                .formatted(features.deviations(), picture.width(), picture.height()));
      }
      stride *= (long) Math.ceil(most - low + 1);
    }
    this.origin = least;
  }

  private double largest(int feature) {
    return scaled[feature][scaled[feature].length - 1];
  }

  /** What a step along an axis adds to a key: −1 to every coordinate, and d+1 to the axis's own. */
  long step(int axis) {
    long all = 0;
    for (int i = 0; i < d; i++) {
      all += strides[i];
    }
    return (d + 1) * strides[axis] - all;
  }

  /**
   * Finds the simplices of pixels {@code first} to {@code first + count − 1}.
   *
   * @param keys count×(d+1), each above 0
   * @param weights count×(d+1), which sum to 1 for each pixel
   */
  void find(int first, int count, long[] keys, float[] weights) {
    float[] elevated = new float[d + 1];
    int[] multiple = new int[d + 1];
    int[] rank = new int[d + 1];
    float[] away = new float[d + 1];
    float[] barycentric = new float[d + 2];
    long[] strideOfRank = new long[d + 1];
    long all = 0;
    for (int i = 0; i < d; i++) {
      all += strides[i];
    }
    float down = 1f / (d + 1);
    int width = picture.width();
    int y = first / width;
    int x = first - y * width;
    for (int p = 0, at = 0; p < count; p++, at += d + 1) {
      float sum = 0;
      for (int i = d; i > 0; i--) {
        float value = scaled[i - 1][features.index(i - 1, picture, first + p, x, y)];
        elevated[i] = sum - i * value;
        sum += value;
      }
      elevated[0] = sum;
      // The nearest point whose coordinates are multiples of d+1.
      int excess = 0;
      for (int i = 0; i <= d; i++) {
        float exact = elevated[i];
        int floor = (int) Math.floor(down * exact);
        float above = (floor + 1) * (d + 1) - exact;
        float below = exact - floor * (d + 1);
        multiple[i] = above < below ? floor + 1 : floor;
        excess += multiple[i];
        away[i] = exact - multiple[i] * (d + 1);
        rank[i] = 0;
      }
      for (int i = 0; i < d; i++) {
        float own = away[i];
        int above = 0;
        for (int j = i + 1; j <= d; j++) {
          int less = own < away[j] ? 1 : 0;
          above += less;
          rank[j] += 1 - less;
        }
        rank[i] += above;
      }
      long key = origin;
      for (int i = 0; i <= d; i++) {
        barycentric[i] = 0;
      }
      barycentric[d + 1] = 0;
      for (int i = 0; i <= d; i++) {
        // Back into the plane, where the coordinates do not sum to 0.
        int r = rank[i] + excess;
        if (r < 0) {
          r += d + 1;
          multiple[i]++;
        } else if (r > d) {
          r -= d + 1;
          multiple[i]--;
        }
        float v = (elevated[i] - multiple[i] * (d + 1)) * down;
        barycentric[d - r] += v;
        barycentric[d - r + 1] -= v;
        strideOfRank[r] = strides[i];
        key += (long) multiple[i] * (d + 1) * strides[i];
      }
      barycentric[0] += 1 + barycentric[d + 1];
      for (int r = 0; r <= d; r++) {
        keys[at + r] = key;
        weights[at + r] = barycentric[r];
        // The next vertex: one more everywhere, less d+1 where the remainder is largest.
        key += all - (d + 1) * strideOfRank[d - r];
      }
      if (++x == width) {
        x = 0;
        y++;
      }
    }
  }
}
