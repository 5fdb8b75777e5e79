package dev.wsss.eval.augment;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import dev.wsss.eval.image.BilinearResize;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Turns a picture into a random, normalised square for training: random longer side, mirror, colour
 * jitter, grey, normalisation, random crop.
 *
 * <p>A picture smaller than the crop lies at a random place in zeros, which is the mean colour once
 * normalised. The crop may lose an object; the image-level labels stay as they are (authors).
 * Immutable; used by any number of threads.
 */
public final class Augmentation {
  private final AugmentationConfig config;
  private final ColourJitter jitter;
  private final float[][] normalised = new float[3][256];

  public Augmentation(AugmentationConfig config, InputSpec input) {
    this.config = config;
    jitter =
        new ColourJitter(config.brightness(), config.contrast(), config.saturation(), config.hue());
    for (int c = 0; c < 3; c++) {
      for (int v = 0; v < 256; v++) {
        normalised[c][v] = (v - input.mean().get(c)) / input.deviation().get(c);
      }
    }
  }

  /**
   * Writes one crop, three planes of crop×crop values (red, green, blue), to {@code into} from
   * {@code offset}. The same random numbers give the same crop.
   */
  public void apply(RgbImage image, RandomGenerator random, float[] into, int offset) {
    RgbImage resized = resize(image, random);
    boolean mirrored = random.nextDouble() < config.flip();
    byte[] rgb = recolour(resized.rgb(), random);
    crop(rgb, resized.width(), resized.height(), mirrored, random, into, offset);
  }

  private RgbImage resize(RgbImage image, RandomGenerator random) {
    if (!config.resizes()) {
      return image;
    }
    int longSide = random.nextInt(config.longSideMin(), config.longSideMax() + 1);
    return BilinearResize.toLongSide(image, longSide).apply(image);
  }

  private byte[] recolour(byte[] rgb, RandomGenerator random) {
    boolean jittered = random.nextDouble() < config.jitter();
    boolean grey = random.nextDouble() < config.grey();
    if (!jittered && !grey) {
      return rgb;
    }
    byte[] changed = rgb.clone();
    if (jittered) {
      jitter.apply(changed, random);
    }
    if (grey) {
      ColourJitter.saturate(changed, 0);
    }
    return changed;
  }

  private void crop(
      byte[] rgb,
      int width,
      int height,
      boolean mirrored,
      RandomGenerator random,
      float[] into,
      int offset) {
    int side = config.crop();
    // Along each axis either the crop moves over the picture or the picture moves in the crop.
    int fromX = random.nextInt(Math.max(0, width - side) + 1);
    int fromY = random.nextInt(Math.max(0, height - side) + 1);
    int toX = random.nextInt(Math.max(0, side - width) + 1);
    int toY = random.nextInt(Math.max(0, side - height) + 1);
    int columns = Math.min(side, width);
    int rows = Math.min(side, height);
    int plane = side * side;
    if (columns < side || rows < side) {
      Arrays.fill(into, offset, offset + 3 * plane, 0);
    }
    int step = mirrored ? -3 : 3;
    for (int y = 0; y < rows; y++) {
      int firstX = mirrored ? width - 1 - fromX : fromX;
      int from = 3 * ((fromY + y) * width + firstX);
      int to = offset + (toY + y) * side + toX;
      for (int x = 0; x < columns; x++, from += step, to++) {
        into[to] = normalised[0][rgb[from] & 0xff];
        into[to + plane] = normalised[1][rgb[from + 1] & 0xff];
        into[to + 2 * plane] = normalised[2][rgb[from + 2] & 0xff];
      }
    }
  }
}
