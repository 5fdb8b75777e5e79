package dev.wsss.eval.data.synthetic;

import dev.wsss.api.config.Doc;

/** What pictures are drawn. */
@Doc("Drawn pictures with exact masks; no files.")
public record SyntheticConfig(
    @Doc(
            value = "Number of foreground classes K.",
            byDefault = "5",
            min = 1,
            max = 60,
            origin = "choice")
        int classes,
    @Doc(
            value = "Pictures in the split train.",
            byDefault = "480",
            unit = "images",
            min = 1,
            max = 100000,
            origin = "choice")
        int train,
    @Doc(
            value = "Pictures in the split val, none of which is in train.",
            byDefault = "160",
            unit = "images",
            min = 1,
            max = 100000,
            origin = "choice")
        int val,
    @Doc(
            value = "Width and height of a picture.",
            byDefault = "64",
            unit = "pixels",
            min = 32,
            max = 1024,
            origin = "choice")
        int side,
    @Doc(
            value = "Most classes in one picture; one is the most frequent number.",
            byDefault = "3",
            min = 1,
            max = 3,
            origin = "choice")
        int maxClasses,
    @Doc(
            value =
                "How alike the bodies of classes of one family are: 1 is no difference, 0 is told"
                    + " at a glance.",
            byDefault = "0.65",
            min = 0,
            max = 1,
            origin = "choice")
        double likeness,
    @Doc(
            value = "Radius of the part that tells a class, as a share of the side.",
            byDefault = "0.055",
            min = 0.03,
            max = 0.15,
            origin = "choice")
        double partRadius,
    @Doc(
            value = "Share of objects whose telling part does not show, so that the body must do.",
            byDefault = "0.1",
            min = 0,
            max = 1,
            origin = "choice")
        double hiddenParts,
    @Doc(
            value = "Seed of the pictures; not the training seed, so that runs share their data.",
            byDefault = "1",
            origin = "choice")
        long seed) {
  /** Each picture is laid out at the start, which takes time in proportion to its pixels. */
  private static final long MOST_PIXELS = 50_000_000;

  public SyntheticConfig {
    long pixels = ((long) train + val) * side * side;
    if (pixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "train and val are %d pictures of %d×%2$d, %d pixels; at most %d are laid out, which are %d pictures"
              .formatted(
                  (long) train + val,
                  side,
                  pixels,
                  MOST_PIXELS,
                  MOST_PIXELS / ((long) side * side)));
    }
  }
}
