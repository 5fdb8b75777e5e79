package dev.wsss.eval.cam;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Pictures as networks take them: resized, plane by plane, in memory that native code reads in
 * place.
 *
 * <p>The memory is used again by the next call and grows to the largest: the garbage collector
 * gives direct memory back late, and a buffer for each pass would pile up. Used by one thread.
 */
public final class PixelPlanes {
  private ByteBuffer memory = ByteBuffer.allocate(0);
  private FloatBuffer values = memory.asFloatBuffer();

  /**
   * Resizes pictures of one size, and puts their mirror images behind them where they are wanted.
   *
   * @return a view of this memory, good until the next call
   */
  public PixelBatch of(List<RgbImage> pictures, boolean mirrored, int height, int width) {
    int count = pictures.size() * (mirrored ? 2 : 1);
    int picture = Math.multiplyExact(3, Math.multiplyExact(height, width));
    reserve(Math.multiplyExact(count, picture));
    int mirror = mirrored ? pictures.size() * picture : -1;
    for (int i = 0; i < pictures.size(); i++) {
      int at = i * picture;
      write(pictures.get(i), height, width, at, mirrored ? at + mirror : -1);
    }
    ByteBuffer filled =
        memory.duplicate().order(memory.order()).limit(count * picture * Float.BYTES);
    return new PixelBatch(count, height, width, filled);
  }

  private void reserve(int count) {
    int bytes = Math.multiplyExact(count, Float.BYTES);
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      values = memory.asFloatBuffer();
    }
  }

  /**
   * Writes from index {@code at}, and the mirror image from {@code mirror} where that is not −1.
   */
  private void write(RgbImage picture, int height, int width, int at, int mirror) {
    LinearAxis rows = LinearAxis.of(picture.height(), height);
    LinearAxis columns = LinearAxis.of(picture.width(), width);
    float[] mixed = new float[3 * picture.width()];
    float[] line = new float[width];
    for (int y = 0; y < height; y++) {
      mix(picture, rows, y, mixed);
      for (int c = 0; c < 3; c++) {
        for (int x = 0; x < width; x++) {
          float left = mixed[3 * columns.low()[x] + c];
          float right = mixed[3 * columns.high()[x] + c];
          line[x] = left + columns.weight()[x] * (right - left);
        }
        int row = (c * height + y) * width;
        values.put(at + row, line);
        if (mirror >= 0) {
          reverse(line);
          values.put(mirror + row, line);
        }
      }
    }
  }

  /** The source rows that make up a row of the output, weighed and added; still interleaved. */
  private static void mix(RgbImage picture, LinearAxis rows, int y, float[] mixed) {
    byte[] rgb = picture.rgb();
    int upper = rows.low()[y] * mixed.length;
    int lower = rows.high()[y] * mixed.length;
    float weight = rows.weight()[y];
    for (int i = 0; i < mixed.length; i++) {
      float top = rgb[upper + i] & 0xff;
      mixed[i] = top + weight * ((rgb[lower + i] & 0xff) - top);
    }
  }

  /** Left for right, in place. */
  public static void reverse(float[] line) {
    for (int i = 0, j = line.length - 1; i < j; i++, j--) {
      float kept = line[i];
      line[i] = line[j];
      line[j] = kept;
    }
  }
}
