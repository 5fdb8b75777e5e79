package dev.wsss.eval.image;

import dev.wsss.api.data.RgbImage;
import java.util.Arrays;

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

  /** The picture, scaled down where its longer side has more than {@code longSide} pixels. */
  public static RgbImage atMost(RgbImage image, int longSide) {
    return Math.max(image.width(), image.height()) > longSide
        ? toLongSide(image, longSide).apply(image)
        : image;
  }

  /**
   * The picture at the new size, rounded to bytes once; itself where the size is the same. Works
   * row by row, so that besides both pictures only a few rows are held.
   */
  public RgbImage apply(RgbImage image) {
    check(image.width(), image.height());
    if (columns.outputs() == fromWidth && rows.outputs() == fromHeight) {
      return image;
    }
    byte[] out = new byte[Math.multiplyExact(3 * columns.outputs(), rows.outputs())];
    int row = 3 * columns.outputs();
    float[][] resized = new float[rows.mostTaps()][row];
    float[] sum = new float[row];
    int next = 0;
    for (int y = 0; y < rows.outputs(); y++) {
      float[] weight = rows.weight()[y];
      int first = rows.first()[y];
      for (; next < first + weight.length; next++) {
        resizeColumns(image.rgb(), next, resized[next % resized.length]);
      }
      Arrays.fill(sum, 0);
      for (int j = 0; j < weight.length; j++) {
        add(weight[j], resized[(first + j) % resized.length], sum);
      }
      for (int i = 0; i < row; i++) {
        out[y * row + i] = (byte) (int) (sum[i] + 0.5f);
      }
    }
    return new RgbImage(columns.outputs(), rows.outputs(), out);
  }

  private static void add(float weight, float[] values, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }

  /** One row of a picture. */
  private void resizeColumns(byte[] rgb, int y, float[] out) {
    int row = 3 * y * fromWidth;
    int at = 0;
    for (int x = 0; x < columns.outputs(); x++) {
      float[] weight = columns.weight()[x];
      int from = row + 3 * columns.first()[x];
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float w : weight) {
        red += w * (rgb[from] & 0xff);
        green += w * (rgb[from + 1] & 0xff);
        blue += w * (rgb[from + 2] & 0xff);
        from += 3;
      }
      out[at++] = red;
      out[at++] = green;
      out[at++] = blue;
    }
  }

  /** A plane of width·height values, row by row, at the new size. */
  public float[] apply(float[] plane) {
    if (plane.length != fromWidth * fromHeight) {
      throw new IllegalArgumentException(
          "%d values are no plane of %d×%d".formatted(plane.length, fromWidth, fromHeight));
    }
    return resizeRows(resizeColumns(plane));
  }

  private float[] resizeColumns(float[] plane) {
    int toWidth = columns.outputs();
    float[] out = new float[toWidth * fromHeight];
    int at = 0;
    for (int y = 0; y < fromHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        float[] weight = columns.weight()[x];
        int from = y * fromWidth + columns.first()[x];
        float sum = 0;
        for (int j = 0; j < weight.length; j++) {
          sum += weight[j] * plane[from + j];
        }
        out[at++] = sum;
      }
    }
    return out;
  }

  private float[] resizeRows(float[] plane) {
    int row = columns.outputs();
    float[] out = new float[row * rows.outputs()];
    for (int y = 0; y < rows.outputs(); y++) {
      float[] weight = rows.weight()[y];
      int to = y * row;
      for (int j = 0; j < weight.length; j++) {
        float w = weight[j];
        int from = (rows.first()[y] + j) * row;
        for (int i = 0; i < row; i++) {
          out[to + i] += w * plane[from + i];
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
