package dev.wsss.eval.metric;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;

/** Predictions for tests: one row of pixels, or random ones. */
final class Pictures {

  private Pictures() {}

  static Prediction row(int[] truth, int[] winner, double[] score) {
    return picture("row", truth.length, 1, truth, winner, score);
  }

  static Prediction picture(
      String id, int width, int height, int[] truth, int[] winner, double[] score) {
    byte[] winners = new byte[winner.length];
    float[] scores = new float[score.length];
    for (int p = 0; p < winner.length; p++) {
      winners[p] = (byte) winner[p];
      scores[p] = (float) score[p];
    }
    byte[] indices = new byte[truth.length];
    for (int p = 0; p < truth.length; p++) {
      indices[p] = (byte) truth[p];
    }
    return new Prediction(
        new Example(id, new BitSet()),
        new float[0],
        new ScoreMap(width, height, winners, scores),
        Optional.of(new IndexMask(width, height, indices)));
  }

  /**
   * A random picture of up to {@code presentClasses} of {@code classes} classes, whose scores often
   * hit a threshold j/bins exactly.
   */
  static Prediction random(Random random, int classes, int presentClasses, int bins) {
    int width = 1 + random.nextInt(12);
    int height = 1 + random.nextInt(12);
    int n = width * height;
    int[] truth = new int[n];
    int[] winner = new int[n];
    double[] score = new double[n];
    for (int p = 0; p < n; p++) {
      int pick = random.nextInt(6);
      truth[p] = pick == 0 ? IndexMask.IGNORE : pick < 3 ? 0 : 1 + random.nextInt(presentClasses);
      winner[p] =
          truth[p] > 0 && truth[p] < 255 && random.nextBoolean()
              ? truth[p] - 1
              : random.nextInt(Math.min(classes, presentClasses + 1));
      score[p] =
          random.nextInt(3) == 0 ? random.nextInt(bins + 1) / (double) bins : random.nextDouble();
    }
    return picture("random", width, height, truth, winner, score);
  }
}
