package dev.wsss.api.data;

/**
 * A class index per pixel, row by row: 0 background, k + 1 foreground class k, 255 not counted.
 *
 * @param indices width·height bytes, not copied; treat as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: masks are never compared
public record IndexMask(int width, int height, byte[] indices) {

  /** Pixels with this index are left out of every count, as in PASCAL VOC. */
  public static final int IGNORE = 255;

  public IndexMask {
    if (width < 1 || height < 1 || indices.length != (long) width * height) {
      throw new IllegalArgumentException(
          indices.length + " bytes do not hold a mask of " + width + "×" + height);
    }
  }

  /** Index at column {@code x} and row {@code y}, 0…255. */
  public int at(int x, int y) {
    return indices[y * width + x] & 0xff;
  }
}
