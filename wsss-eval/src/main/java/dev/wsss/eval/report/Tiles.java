package dev.wsss.eval.report;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.image.VocColours;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** A picture, plain or with something laid over it, in its own size. */
final class Tiles {
  static final double OPACITY = 0.6;

  /** Black, violet, red, orange, pale yellow for scores 0, ¼, ½, ¾ and 1. */
  private static final int[] HEAT = {0x000004, 0x57106e, 0xbc3754, 0xf98e09, 0xfcffa4};

  private Tiles() {}

  static BufferedImage picture(RgbImage image) {
    return draw(image, p -> -1);
  }

  /** Classes in their colours; the background shows the picture. */
  static BufferedImage truth(RgbImage image, IndexMask mask) {
    return draw(image, p -> colour(mask.indices()[p] & 0xff));
  }

  /** The winning class where its score reaches the threshold. */
  static BufferedImage mask(RgbImage image, ScoreMap map, double threshold) {
    return draw(image, p -> colour(map.maskIndex(p, threshold)));
  }

  /** The scores from dark to bright. */
  static BufferedImage heat(RgbImage image, ScoreMap map) {
    return draw(image, p -> heat(map.score()[p]));
  }

  private static int colour(int index) {
    return index == 0 ? -1 : VocColours.rgb(index);
  }

  private static int heat(float score) {
    float place = Math.max(0, Math.min(1, score)) * (HEAT.length - 1);
    int below = Math.min((int) place, HEAT.length - 2);
    return blend(HEAT[below], HEAT[below + 1], place - below);
  }

  /** Lays a colour over each pixel, none where {@code over} says −1. */
  private static BufferedImage draw(RgbImage image, IntUnaryOperator over) {
    BufferedImage drawn =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = image.rgb();
    for (int p = 0; p < image.width() * image.height(); p++) {
      int own = new Color(rgb[3 * p] & 0xff, rgb[3 * p + 1] & 0xff, rgb[3 * p + 2] & 0xff).getRGB();
      int colour = over.applyAsInt(p);
      drawn.setRGB(
          p % image.width(), p / image.width(), colour < 0 ? own : blend(own, colour, OPACITY));
    }
    return drawn;
  }

  private static int blend(int from, int to, double share) {
    int blended = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double value = (from >> shift & 0xff) * (1 - share) + (to >> shift & 0xff) * share;
      blended |= (int) Math.round(value) << shift;
    }
    return blended;
  }
}
