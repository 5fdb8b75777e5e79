package dev.wsss.eval.augment;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.network.InputSpec;
import dev.wsss.eval.image.BilinearResize;
import dev.wsss.eval.image.MaskResize;
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
   * A picture as bytes again, as a network sees it, colour jitter included.
   *
   * @param images B×3×H×W, normalised
   * @param index of the picture in the batch
   */
  public static RgbImage picture(
      float[] images, int index, int width, int height, InputSpec input) {
    int pixels = width * height;
    byte[] rgb = new byte[3 * pixels];
    for (int c = 0; c < 3; c++) {
      int from = (3 * index + c) * pixels;
      for (int p = 0; p < pixels; p++) {
        float value = images[from + p] * input.deviation().get(c) + input.mean().get(c);
        rgb[3 * p + c] = (byte) Math.round(Math.max(0, Math.min(255, value)));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Writes one crop, three planes of crop×crop values (red, green, blue), to {@code into} from
   * {@code offset}. The same random numbers give the same crop.
   */
  public void apply(RgbImage image, RandomGenerator random, float[] into, int offset) {
    vary(image, random, into, offset);
  }

  /**
   * Writes the same crop, and the labels of its pixels, crop×crop indices, to {@code labels} from
   * {@code labelOffset}: the mask is resized to the nearest pixel, mirrored and cut as the picture
   * is. Beside the picture, labels are {@link IndexMask#IGNORE}.
   *
   * @param mask of the picture's size
   */
  public void apply(
      RgbImage image,
      IndexMask mask,
      RandomGenerator random,
      float[] into,
      int offset,
      byte[] labels,
      int labelOffset) {
    if (mask.width() != image.width() || mask.height() != image.height()) {
      throw new IllegalArgumentException(
          "a mask of %d×%d for a picture of %d×%d"
              .formatted(mask.width(), mask.height(), image.width(), image.height()));
    }
    CropWindow window = vary(image, random, into, offset);
    window.cut(MaskResize.nearest(mask, window.width(), window.height()), labels, labelOffset);
  }

  private CropWindow vary(RgbImage image, RandomGenerator random, float[] into, int offset) {
    RgbImage resized = resize(image, random);
    boolean mirrored = random.nextDouble() < config.flip();
    byte[] rgb = recolour(resized.rgb(), random);
    CropWindow window =
        CropWindow.draw(resized.width(), resized.height(), mirrored, config.crop(), random);
    window.cut(rgb, normalised, into, offset);
    return window;
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
}
