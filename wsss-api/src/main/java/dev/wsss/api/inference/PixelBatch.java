package dev.wsss.api.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pictures of one size on their way into a network: N×3×H×W values, RGB, 0…255, not normalised.
 *
 * @param count N
 * @param height H in pixels
 * @param width W in pixels
 * @param values N·3·H·W 32-bit floats from byte 0 to the limit; direct and in native byte order, so
 *     that native code can read them where they are. Only read, and only while a call runs
 */
public record PixelBatch(int count, int height, int width, ByteBuffer values) {

  public PixelBatch {
    if (count < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no pictures to run: %d of %d×%d pixels".formatted(count, width, height));
    }
    if (values.limit() != 3L * count * height * width * Float.BYTES) {
      throw new IllegalArgumentException(
          "%d bytes do not hold 3 floats a pixel of %d pictures of %d×%d"
              .formatted(values.limit(), count, width, height));
    }
    if (!values.isDirect() || values.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "pixels must lie in a direct buffer in native byte order, not in " + values);
    }
  }
}
