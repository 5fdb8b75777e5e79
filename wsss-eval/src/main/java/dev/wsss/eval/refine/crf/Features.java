package dev.wsss.eval.refine.crf;

import dev.wsss.api.data.RgbImage;

/**
 * What makes two pixels near each other: their places, or their places and colours, each divided by
 * a standard deviation.
 */
sealed interface Features {

  /** Number of features d. */
  int count();

  /**
   * Every value that a feature can have in a picture of that size, ascending.
   *
   * @param feature 0 column, 1 row, 2…4 red, green, blue
   */
  float[] values(int feature, int width, int height);

  /**
   * Which of these values the pixels of a row have.
   *
   * @param pixel y·W + x
   */
  int index(int feature, RgbImage picture, int pixel, int x, int y);

  /** What a user gave, for an error. */
  String deviations();

  /**
   * Place alone.
   *
   * @param sxy standard deviation in pixels
   */
  record Gaussian(double sxy) implements Features {
    @Override
    public int count() {
      return 2;
    }

    @Override
    public float[] values(int feature, int width, int height) {
      return divided(feature == 0 ? width : height, sxy);
    }

    @Override
    public int index(int feature, RgbImage picture, int pixel, int x, int y) {
      return feature == 0 ? x : y;
    }

    @Override
    public String deviations() {
      return "deviations of %s pixels".formatted(sxy);
    }
  }

  /**
   * Place and colour.
   *
   * @param sxy standard deviation in pixels
   * @param srgb standard deviation of a colour channel, in steps of 0…255
   */
  record Bilateral(double sxy, double srgb) implements Features {
    private static final int LEVELS = 256;

    @Override
    public int count() {
      return 5;
    }

    @Override
    public float[] values(int feature, int width, int height) {
      return feature > 1 ? divided(LEVELS, srgb) : divided(feature == 0 ? width : height, sxy);
    }

    @Override
    public int index(int feature, RgbImage picture, int pixel, int x, int y) {
      return switch (feature) {
        case 0 -> x;
        case 1 -> y;
        default -> picture.rgb()[3 * pixel + feature - 2] & 0xff;
      };
    }

    @Override
    public String deviations() {
      return "deviations of %s pixels and %s of 255 steps of colour".formatted(sxy, srgb);
    }
  }

  private static float[] divided(int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / (float) deviation;
    }
    return values;
  }
}
