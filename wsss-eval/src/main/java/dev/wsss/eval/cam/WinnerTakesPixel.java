package dev.wsss.eval.cam;

import dev.wsss.api.metric.ScoreMap;

/** Scores each present class of a picture and gives every pixel to the best one. */
final class WinnerTakesPixel {
  /** Keeps a class without any activation at zero. */
  private static final float EPSILON = 1e-5f;

  private WinnerTakesPixel() {}

  /**
   * Divides each class's map by its maximum + 1e-5 and takes the largest; the lowest class of
   * equals. All zeros if no class is present.
   *
   * @param present foreground classes, ascending
   * @param maps rectified maps, each width·height values
   * @param firstMap index of the first present class's map among {@code maps}
   */
  static ScoreMap map(int width, int height, int[] present, float[] maps, int firstMap) {
    int pixels = width * height;
    byte[] winner = new byte[pixels];
    float[] score = new float[pixels];
    for (int j = 0; j < present.length; j++) {
      int offset = (firstMap + j) * pixels;
      float divisor = maximum(maps, offset, pixels) + EPSILON;
      for (int p = 0; p < pixels; p++) {
        float own = maps[offset + p] / divisor;
        // A NaN stays, so that the metrics can name the picture.
        if (j == 0 || own > score[p] || Float.isNaN(own)) {
          winner[p] = (byte) present[j];
          score[p] = own;
        }
      }
    }
    return new ScoreMap(width, height, winner, score);
  }

  private static float maximum(float[] maps, int offset, int count) {
    float maximum = 0;
    for (int p = offset; p < offset + count; p++) {
      maximum = Math.max(maximum, maps[p]);
    }
    return maximum;
  }
}
