package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.tensor.Constants;
import java.util.Optional;

/**
 * For each map the τ that parts its values best: the largest variance between the two parts (Otsu
 * 1979), over a histogram. A map without two values keeps nothing below its maximum.
 */
final class OtsuThreshold implements RegionThreshold {
  private static final int BINS = 256;

  @Override
  public Optional<NDArray> ofMaps(NDArray shares) {
    int maps = (int) shares.getShape().get(0);
    int pixels = (int) shares.getShape().get(1);
    float[] values = shares.toFloatArray();
    float[] thresholds = new float[maps];
    for (int map = 0; map < maps; map++) {
      thresholds[map] = ofMap(values, map * pixels, (map + 1) * pixels);
    }
    NDManager manager = shares.getManager();
    return Optional.of(Constants.of(manager, thresholds, maps, 1));
  }

  /** Margins above the maps' own thresholds count from 0. */
  @Override
  public double ofPixels(NDArray best) {
    return 0;
  }

  /** The lower edge of the first bin of the upper part. */
  static float ofMap(float[] values, int from, int to) {
    int[] histogram = new int[BINS];
    double all = 0;
    for (int at = from; at < to; at++) {
      int bin = Math.min(BINS - 1, (int) (values[at] * BINS));
      histogram[bin]++;
      all += bin;
    }
    int total = to - from;
    int lower = 0;
    double sum = 0;
    double most = 0;
    int best = BINS - 1;
    for (int bin = 0; bin < BINS - 1; bin++) {
      lower += histogram[bin];
      sum += (double) bin * histogram[bin];
      if (lower > 0 && lower < total) {
        double apart = sum / lower - (all - sum) / (total - lower);
        double variance = apart * apart * lower * (double) (total - lower);
        if (variance > most) {
          most = variance;
          best = bin + 1;
        }
      }
    }
    return (float) best / BINS;
  }
}
