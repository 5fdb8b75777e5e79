package dev.wsss.eval.predict;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LabelThresholds;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows red, green and blue: the map of a class is the mean of its channel in squares of 8 pixels
 * above 100, and its probability that of the mean over the picture.
 */
final class ColourModel implements CamModel {
  static final int SIDE = 64;
  private static final int STRIDE = 8;

  final AtomicInteger passes = new AtomicInteger();
  boolean closed;

  static Predictor predictor() {
    return new Predictor(new ColourModel(), info());
  }

  static ModelInfo info() {
    return new ModelInfo(
        new ClassNames(List.of("red", "green", "blue")),
        new CamConfig(List.of(1.0), true, 1),
        0.5,
        "held-out",
        LabelThresholds.even(3),
        SIDE);
  }

  @Override
  public int shortestSide() {
    return STRIDE;
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features) {
    if (closed) {
      throw new AssertionError("asked after it was closed");
    }
    passes.incrementAndGet();
    FloatBuffer values = pixels.values().duplicate().order(pixels.values().order()).asFloatBuffer();
    int height = pixels.height() / STRIDE;
    int width = pixels.width() / STRIDE;
    float[] maps = new float[pixels.count() * 3 * height * width];
    float[] logits = new float[pixels.count() * 3];
    for (int plane = 0; plane < pixels.count() * 3; plane++) {
      double all = 0;
      for (int cell = 0; cell < height * width; cell++) {
        float sum = 0;
        for (int i = 0; i < STRIDE * STRIDE; i++) {
          int y = cell / width * STRIDE + i / STRIDE;
          int x = cell % width * STRIDE + i % STRIDE;
          sum += values.get((plane * pixels.height() + y) * pixels.width() + x);
        }
        float mean = sum / (STRIDE * STRIDE);
        maps[plane * height * width + cell] = mean - 100;
        all += mean;
      }
      logits[plane] = (float) (all / (height * width) - 40) / 10;
    }
    return new RawMaps(pixels.count(), 3, height, width, maps, logits, Optional.empty());
  }

  @Override
  public void close() {
    closed = true;
  }

  /** A black picture with a filled rectangle. */
  static RgbImage picture(
      int width, int height, int colour, int left, int top, int right, int bottom) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = (byte) (colour >> (16 - 8 * c));
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
