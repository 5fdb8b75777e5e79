package dev.wsss.api.refine;

import java.util.Arrays;

/**
 * How much background there is where the maps of the classes say nothing of it. Applied before any
 * refiner, so that each sees background as one more plane.
 */
public sealed interface BackgroundRule {

  /**
   * The same score everywhere: without a refiner, {@link ClassScores#labels} is then the mask at
   * this threshold.
   *
   * @param score 0…1
   */
  record Threshold(double score) implements BackgroundRule {
    public Threshold {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("a threshold of " + score + "; allowed are 0 to 1");
      }
    }

    @Override
    public void fill(float[] maps, float[] background) {
      float near = (float) score;
      // Not below the double, so that a score reaches both or neither; a class that is not active
      // reaches no threshold, 0 neither.
      Arrays.fill(background, near < score || near == 0 ? Math.nextUp(near) : near);
    }
  }

  /**
   * {@code (1 − max)^α}, where max is the largest score of the classes at the pixel (Ahn and Kwak
   * 2018): little background for small α, much for large.
   *
   * @param exponent α, above 0
   */
  record Power(double exponent) implements BackgroundRule {
    public Power {
      if (!(exponent > 0 && exponent < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("an exponent of " + exponent + "; it is above 0");
      }
    }

    @Override
    public void fill(float[] maps, float[] background) {
      for (int p = 0; p < background.length; p++) {
        float most = 0;
        for (int at = p; at < maps.length; at += background.length) {
          most = Math.max(most, maps[at]);
        }
        background[p] = (float) Math.pow(1 - Math.min(1, most), exponent);
      }
    }
  }

  /**
   * Writes the score of background.
   *
   * @param maps scores of the n present classes, 0…1, n×H×W
   * @param background H×W
   */
  void fill(float[] maps, float[] background);

  /**
   * Puts background before the maps.
   *
   * @param present the n foreground classes, ascending
   * @param maps their scores, 0…1, n×H×W; copied
   */
  default ClassScores beside(int width, int height, int[] present, float[] maps) {
    float[] background = new float[Math.multiplyExact(width, height)];
    fill(maps, background);
    float[] planes = Arrays.copyOf(background, Math.addExact(background.length, maps.length));
    System.arraycopy(maps, 0, planes, background.length, maps.length);
    return new ClassScores(width, height, present, planes);
  }
}
