package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.refine.ScoreThreshold;
import java.util.Arrays;

/**
 * The τ at which a given share of pixels is background: the quantile of max_k Ŝ_k(p) over the
 * latest steps, a step's weight falling by 2 % with each step after it, so that about fifty count.
 * Images in which no class has a positive map are left out: they say nothing about where objects
 * end.
 */
final class BackgroundShare implements RegionThreshold {
  private static final int BINS = 512;
  private static final float KEPT = 0.98f;

  private final double share;
  private float[] histogram = new float[BINS];

  BackgroundShare(double share) {
    this.share = share;
  }

  @Override
  public double ofPixels(NDArray best) {
    int pixels = (int) best.getShape().get(1);
    float[] values = best.toFloatArray();
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] *= KEPT;
    }
    for (int from = 0; from < values.length; from += pixels) {
      if (anyPositive(values, from, from + pixels)) {
        count(values, from, from + pixels);
      }
    }
    return quantile();
  }

  private static boolean anyPositive(float[] values, int from, int to) {
    for (int at = from; at < to; at++) {
      if (values[at] > 0) {
        return true;
      }
    }
    return false;
  }

  private void count(float[] values, int from, int to) {
    float weight = 1f / (to - from);
    for (int at = from; at < to; at++) {
      histogram[Math.min(BINS - 1, (int) (values[at] * BINS))] += weight;
    }
  }

  private double quantile() {
    double[] counts = new double[BINS];
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] = histogram[bin];
    }
    return ScoreThreshold.quantile(counts, share) / BINS;
  }

  /** A snapshot of what outlives a step. */
  float[] state() {
    return histogram.clone();
  }

  /**
   * Refuses what {@link #state()} never gives.
   *
   * @throws IllegalArgumentException if it is of another length
   */
  static void check(float[] state) {
    if (state.length != BINS) {
      throw new IllegalArgumentException(
          "rcm's histogram has " + BINS + " bins, found " + state.length);
    }
  }

  /** Takes back what {@link #state()} gave. */
  void restore(float[] state) {
    histogram = Arrays.copyOf(state, BINS);
  }
}
