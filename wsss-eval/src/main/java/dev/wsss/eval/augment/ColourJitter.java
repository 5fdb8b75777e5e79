package dev.wsss.eval.augment;

import java.util.random.RandomGenerator;

/**
 * Changes brightness, contrast, saturation and hue by random amounts in random order, as
 * torchvision's {@code ColorJitter} does to photographs; each change rounds to bytes.
 */
record ColourJitter(double brightness, double contrast, double saturation, double hue) {

  /** Changes interleaved RGB bytes in place. */
  void apply(byte[] rgb, RandomGenerator random) {
    int[] order = {0, 1, 2, 3};
    for (int i = 3; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    float bright = factor(brightness, random);
    float contrasted = factor(contrast, random);
    float saturated = factor(saturation, random);
    float turn = (float) (hue * (2 * random.nextDouble() - 1));
    for (int change : order) {
      switch (change) {
        case 0 -> brighten(rgb, bright);
        case 1 -> contrast(rgb, contrasted);
        case 2 -> saturate(rgb, saturated);
        default -> turnHue(rgb, turn);
      }
    }
  }

  private static float factor(double strength, RandomGenerator random) {
    return (float) (1 + strength * (2 * random.nextDouble() - 1));
  }

  static void brighten(byte[] rgb, float factor) {
    blend(rgb, 0, factor);
  }

  /** Moves every value away from the picture's mean grey, or towards it. */
  static void contrast(byte[] rgb, float factor) {
    if (factor == 1) {
      return;
    }
    long sum = 0;
    for (int i = 0; i < rgb.length; i += 3) {
      sum += greyAt(rgb, i);
    }
    blend(rgb, (float) Math.rint(sum / (rgb.length / 3.0)), factor);
  }

  private static void blend(byte[] rgb, float level, float factor) {
    if (factor == 1) {
      return;
    }
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      table[v] = round(level + factor * (v - level));
    }
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = table[rgb[i] & 0xff];
    }
  }

  /** Moves every pixel away from its own grey, or towards it; factor 0 takes the colour away. */
  static void saturate(byte[] rgb, float factor) {
    if (factor == 1) {
      return;
    }
    for (int i = 0; i < rgb.length; i += 3) {
      float grey = greyAt(rgb, i);
      rgb[i] = round(grey + factor * ((rgb[i] & 0xff) - grey));
      rgb[i + 1] = round(grey + factor * ((rgb[i + 1] & 0xff) - grey));
      rgb[i + 2] = round(grey + factor * ((rgb[i + 2] & 0xff) - grey));
    }
  }

  /** Turns the hue by {@code turn} of a full circle; value and chroma stay. */
  static void turnHue(byte[] rgb, float turn) {
    float sixths = 6 * turn;
    if (sixths == 0) {
      return;
    }
    for (int i = 0; i < rgb.length; i += 3) {
      int r = rgb[i] & 0xff;
      int g = rgb[i + 1] & 0xff;
      int b = rgb[i + 2] & 0xff;
      int top = Math.max(r, Math.max(g, b));
      int chroma = top - Math.min(r, Math.min(g, b));
      if (chroma == 0) {
        continue;
      }
      float hue;
      if (top == r) {
        hue = (float) (g - b) / chroma;
      } else if (top == g) {
        hue = 2 + (float) (b - r) / chroma;
      } else {
        hue = 4 + (float) (r - g) / chroma;
      }
      hue += sixths;
      rgb[i] = channel(top, chroma, hue + 5);
      rgb[i + 1] = channel(top, chroma, hue + 3);
      rgb[i + 2] = channel(top, chroma, hue + 1);
    }
  }

  // Value of one channel of a hue in sixths, shifted by 5, 3, 1 for red, green, blue: the top
  // within a sixth of the channel's own hue, falling to top − chroma a third away.
  private static byte channel(int top, int chroma, float shifted) {
    float k = shifted - 6 * (float) Math.floor(shifted / 6);
    float fall = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
    return round(top - chroma * fall);
  }

  // Luma of ITU-R BT.601 in 16-bit fixed point.
  private static int greyAt(byte[] rgb, int i) {
    return ((rgb[i] & 0xff) * 19595
            + (rgb[i + 1] & 0xff) * 38470
            + (rgb[i + 2] & 0xff) * 7471
            + 0x8000)
        >> 16;
  }

  private static byte round(float value) {
    return (byte) (int) (Math.max(0, Math.min(255, value)) + 0.5f);
  }
}
