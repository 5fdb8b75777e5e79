package dev.wsss.api.data;

/**
 * A decoded picture: interleaved RGB bytes, row by row.
 *
 * @param rgb 3·width·height bytes, not copied; treat as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: pictures are never compared
public record RgbImage(int width, int height, byte[] rgb) {

  public RgbImage {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          rgb.length + " bytes do not hold an RGB image of " + width + "×" + height);
    }
  }
}
