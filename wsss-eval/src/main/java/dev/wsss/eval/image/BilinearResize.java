package dev.wsss.eval.image;

import dev.wsss.api.data.RgbImage;

/**
 * Resizes planes and pictures from one size to another with a separable triangle filter: bilinear
 * with half-pixel centres when it enlarges, averaging when it shrinks (as Pillow and torchvision do
 * to photographs). Immutable; used by any number of threads.
 */
public final class BilinearResize {
  private final int fromWidth;
  private final int fromHeight;
  private final FilterTaps columns;
  private final FilterTaps rows;

  public BilinearResize(int fromWidth, int fromHeight, int toWidth, int toHeight) {
    if (fromWidth < 1 || fromHeight < 1 || toWidth < 1 || toHeight < 1) {
      throw new IllegalArgumentException(
          "cannot resize %d×%d to %d×%d".formatted(fromWidth, fromHeight, toWidth, toHeight));
    }
    this.fromWidth = fromWidth;
    this.fromHeight = fromHeight;
    columns = FilterTaps.of(fromWidth, toWidth);
    rows = FilterTaps.of(fromHeight, toHeight);
  }

  /** Resizes so that the longer side has {@code longSide} pixels and the shape is kept. */
  public static BilinearResize toLongSide(RgbImage image, int longSide) {
    double factor = (double) longSide / Math.max(image.width(), image.height());
    return new BilinearResize(
        image.width(),
        image.height(),
        Math.max(1, (int) Math.round(image.width() * factor)),
        Math.max(1, (int) Math.round(image.height() * factor)));
  }

  /** The picture at the new size, rounded to bytes once; itself where the size is the same. */
  public RgbImage apply(RgbImage image) {
    check(image.width(), image.height());
    if (columns.outputs() == fromWidth && rows.outputs() == fromHeight) {
      return image;
    }
    byte[] rgb = image.rgb();
    float[] values = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = rgb[i] & 0xff;
    }
    float[] resized = resize(values, 3);
    byte[] out = new byte[resized.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (int) (resized[i] + 0.5f);
    }
    return new RgbImage(columns.outputs(), rows.outputs(), out);
  }

  /** A plane of width·height values, row by row, at the new size. */
  public float[] apply(float[] plane) {
    if (plane.length != fromWidth * fromHeight) {
      throw new IllegalArgumentException(
          "%d values are no plane of %d×%d".formatted(plane.length, fromWidth, fromHeight));
    }
    return resize(plane, 1);
  }

  private float[] resize(float[] values, int channels) {
    return resizeRows(resizeColumns(values, channels), channels);
  }

  private float[] resizeColumns(float[] values, int channels) {
    int toWidth = columns.outputs();
    float[] out = new float[toWidth * fromHeight * channels];
    int at = 0;
    for (int y = 0; y < fromHeight; y++) {
      int row = y * fromWidth * channels;
      for (int x = 0; x < toWidth; x++) {
        float[] weight = columns.weight()[x];
        int from = row + columns.first()[x] * channels;
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          for (int j = 0; j < weight.length; j++) {
            sum += weight[j] * values[from + j * channels + c];
          }
          out[at++] = sum;
        }
      }
    }
    return out;
  }

  private float[] resizeRows(float[] values, int channels) {
    int row = columns.outputs() * channels;
    float[] out = new float[row * rows.outputs()];
    for (int y = 0; y < rows.outputs(); y++) {
      float[] weight = rows.weight()[y];
      int to = y * row;
      for (int j = 0; j < weight.length; j++) {
        float w = weight[j];
        int from = (rows.first()[y] + j) * row;
        for (int i = 0; i < row; i++) {
          out[to + i] += w * values[from + i];
        }
      }
    }
    return out;
  }

  private void check(int width, int height) {
    if (width != fromWidth || height != fromHeight) {
      throw new IllegalArgumentException(
          "a picture of %d×%d, not %d×%d".formatted(width, height, fromWidth, fromHeight));
    }
  }
}
