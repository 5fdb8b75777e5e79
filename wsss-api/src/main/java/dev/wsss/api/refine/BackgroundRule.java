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
   * The same score everywhere in a picture, but each picture's own: the threshold that parts the
   * largest scores of its pixels best, {@link ScoreThreshold#otsu}. A picture whose classes have no
   * map above 0 is all background.
   */
  record Otsu() implements BackgroundRule {

    @Override
    public void fill(float[] maps, float[] background) {
      float[] largest = new float[background.length];
      for (int p = 0; p < largest.length; p++) {
        largest[p] = largest(maps, p, largest.length);
      }
      new Threshold(ScoreThreshold.otsu(largest, 0, largest.length)).fill(maps, background);
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
        float most = largest(maps, p, background.length);
        background[p] = (float) Math.pow(1 - Math.min(1, most), exponent);
      }
    }
  }

  /** The largest score of a pixel; 0 without classes. */
  private static float largest(float[] maps, int pixel, int pixels) {
    float largest = 0;
    for (int at = pixel; at < maps.length; at += pixels) {
      largest = Math.max(largest, maps[at]);
    }
    return largest;
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
