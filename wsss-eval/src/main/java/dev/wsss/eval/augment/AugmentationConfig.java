package dev.wsss.eval.augment;

import dev.wsss.api.config.Doc;

/** How training pictures are varied, in the order in which it happens. */
public record AugmentationConfig(
    @Doc(
            value =
                "Smallest longer side to which a picture is resized, keeping its shape. With"
                    + " long-side-max, 0 keeps every picture's own size.",
            byDefault = "256",
            unit = "pixels",
            min = 0,
            max = 8192,
            origin = "authors")
        int longSideMin,
    @Doc(
            value = "Largest longer side to which a picture is resized.",
            byDefault = "512",
            unit = "pixels",
            min = 0,
            max = 8192,
            origin = "authors")
        int longSideMax,
    @Doc(
            value = "Probability of mirroring left and right. 0 is off.",
            byDefault = "0.5",
            min = 0,
            max = 1,
            origin = "authors")
        double flip,
    @Doc(
            value = "Probability of colour jitter. 0 is off.",
            byDefault = "0.8",
            min = 0,
            max = 1,
            origin = "authors")
        double jitter,
    @Doc(
            value = "Jitter of brightness: a factor from 1 − this to 1 + this.",
            byDefault = "0.4",
            min = 0,
            max = 1,
            origin = "authors")
        double brightness,
    @Doc(
            value = "Jitter of contrast: a factor from 1 − this to 1 + this.",
            byDefault = "0.4",
            min = 0,
            max = 1,
            origin = "authors")
        double contrast,
    @Doc(
            value = "Jitter of saturation: a factor from 1 − this to 1 + this.",
            byDefault = "0.4",
            min = 0,
            max = 1,
            origin = "authors")
        double saturation,
    @Doc(
            value = "Jitter of hue: a turn of the colour circle by up to this, either way.",
            byDefault = "0.1",
            unit = "turns",
            min = 0,
            max = 0.5,
            origin = "authors")
        double hue,
    @Doc(
            value = "Probability of taking the colour away. 0 is off.",
            byDefault = "0.1",
            min = 0,
            max = 1,
            origin = "authors")
        double grey,
    @Doc(
            value =
                "Side of the square that is cut at random; where the picture is smaller, it lies at"
                    + " random in a square of the mean colour.",
            byDefault = "192",
            unit = "pixels",
            min = 1,
            max = 8192,
            origin = "paper")
        int crop,
    @Doc(
            value =
                "Memory for decoded pictures; those that fit are decoded once only. Changes no"
                    + " result.",
            byDefault = "512",
            unit = "MiB",
            min = 0,
            origin = "choice")
        int cache) {

  public AugmentationConfig {
    if ((longSideMin == 0) != (longSideMax == 0)) {
      throw new IllegalArgumentException(
          "long-side-min is %d and long-side-max is %d: both are 0 (pictures keep their size) or neither"
              .formatted(longSideMin, longSideMax));
    }
    if (longSideMin > longSideMax) {
      throw new IllegalArgumentException(
          "long-side-min is %d, above long-side-max, which is %d"
              .formatted(longSideMin, longSideMax));
    }
  }

  /** Whether pictures change their size. */
  boolean resizes() {
    return longSideMax > 0;
  }
}
