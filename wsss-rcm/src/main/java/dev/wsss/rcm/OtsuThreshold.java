package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.refine.ScoreThreshold;
import dev.wsss.api.tensor.Constants;
import java.util.Optional;

/**
 * For each map the τ that parts its values best: {@link ScoreThreshold#otsu}. A map without two
 * values keeps nothing below its maximum.
 */
final class OtsuThreshold implements RegionThreshold {
  @Override
  public Optional<NDArray> ofMaps(NDArray shares) {
    int maps = (int) shares.getShape().get(0);
    int pixels = (int) shares.getShape().get(1);
    float[] values = shares.toFloatArray();
    float[] thresholds = new float[maps];
    for (int map = 0; map < maps; map++) {
      thresholds[map] = ScoreThreshold.otsu(values, map * pixels, (map + 1) * pixels);
    }
    NDManager manager = shares.getManager();
    return Optional.of(Constants.of(manager, thresholds, maps, 1));
  }

  /** Margins above the maps' own thresholds count from 0. */
  @Override
  public double ofPixels(NDArray best) {
    return 0;
  }
}
