package org.example.benchmarks;

import dev.wsss.api.refine.ClassScores;
import java.util.stream.IntStream;

/** Scores that look like those of maps, for timing refiners. */
final class RingOfBlots {

  private RingOfBlots() {}

  /** A blot for each class on a ring, as maps are, and what they leave for background. */
  static ClassScores scores(int labels, int width, int height) {
    float[] planes = new float[labels * width * height];
    for (int p = 0; p < width * height; p++) {
      float most = 0;
      for (int k = 1; k < labels; k++) {
        double angle = 2 * Math.PI * k / labels;
        double x = (p % width) / (double) width - 0.5 - 0.3 * Math.cos(angle);
        double y = p / width / (double) height - 0.5 - 0.3 * Math.sin(angle);
        float score = (float) Math.exp(-20 * (x * x + y * y));
        planes[k * width * height + p] = score;
        most = Math.max(most, score);
      }
      planes[p] = (float) Math.pow(1 - most, 4);
    }
    int[] present = IntStream.range(0, labels - 1).toArray();
    return new ClassScores(width, height, present, planes);
  }
}
