package dev.wsss.eval.augment;

import dev.wsss.api.data.IndexMask;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where a square crop and a picture lie to each other. Along each axis either the crop moves over
 * the picture or the picture moves in the crop.
 *
 * @param width of the picture, in pixels, and {@code height} likewise
 * @param mirrored whether the picture is turned left to right before
 * @param side of the crop, in pixels
 * @param fromX first column of the (mirrored) picture, and {@code fromY} its first row
 * @param toX its place in the crop, and {@code toY} likewise
 */
record CropWindow(
    int width, int height, boolean mirrored, int side, int fromX, int fromY, int toX, int toY) {

  /** A random window; takes four random numbers. */
  static CropWindow draw(
      int width, int height, boolean mirrored, int side, RandomGenerator random) {
    int fromX = random.nextInt(Math.max(0, width - side) + 1);
    int fromY = random.nextInt(Math.max(0, height - side) + 1);
    int toX = random.nextInt(Math.max(0, side - width) + 1);
    int toY = random.nextInt(Math.max(0, side - height) + 1);
    return new CropWindow(width, height, mirrored, side, fromX, fromY, toX, toY);
  }

  /**
   * Cuts three planes of side×side values from a picture's interleaved bytes; zero beside it.
   *
   * @param values of each channel by byte, 3×256
   */
  void cut(byte[] rgb, float[][] values, float[] into, int offset) {
    int plane = side * side;
    if (isPadded()) {
      Arrays.fill(into, offset, offset + 3 * plane, 0);
    }
    int columns = columns();
    int step = 3 * step();
    for (int y = 0; y < rows(); y++) {
      int from = 3 * first(y);
      int to = offset + target(y);
      for (int x = 0; x < columns; x++, from += step, to++) {
        into[to] = values[0][rgb[from] & 0xff];
        into[to + plane] = values[1][rgb[from + 1] & 0xff];
        into[to + 2 * plane] = values[2][rgb[from + 2] & 0xff];
      }
    }
  }

  /** Cuts side×side indices from the picture's mask; {@link IndexMask#IGNORE} beside it. */
  void cut(IndexMask mask, byte[] into, int offset) {
    if (isPadded()) {
      Arrays.fill(into, offset, offset + side * side, (byte) IndexMask.IGNORE);
    }
    int columns = columns();
    int step = step();
    for (int y = 0; y < rows(); y++) {
      int from = first(y);
      int to = offset + target(y);
      for (int x = 0; x < columns; x++, from += step, to++) {
        into[to] = mask.indices()[from];
      }
    }
  }

  private int columns() {
    return Math.min(side, width);
  }

  private int rows() {
    return Math.min(side, height);
  }

  private boolean isPadded() {
    return columns() < side || rows() < side;
  }

  private int step() {
    return mirrored ? -1 : 1;
  }

  /** Pixel of the picture from which row {@code y} is taken. */
  private int first(int y) {
    return (fromY + y) * width + (mirrored ? width - 1 - fromX : fromX);
  }

  /** Pixel of the crop to which row {@code y} goes. */
  private int target(int y) {
    return (toY + y) * side + toX;
  }
}
