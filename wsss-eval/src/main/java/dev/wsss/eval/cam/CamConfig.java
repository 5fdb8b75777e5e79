package dev.wsss.eval.cam;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.image.PictureFile;
import java.util.HashSet;
import java.util.List;

/** How the class activation maps of a picture are inferred. */
public record CamConfig(
    @Doc(
            value = "Factors of the picture's size at which the network is run; maps are summed.",
            byDefault = "[0.5, 1, 1.5, 2]",
            min = LEAST_SCALE,
            max = LARGEST_SCALE,
            origin = "authors")
        List<Double> scales,
    @Doc(
            value = "Run the mirrored picture too and add its maps, mirrored back.",
            byDefault = "true",
            origin = "authors")
        boolean flip,
    @Doc(
            value =
                "Pictures of equal size share a pass while one pass reads at most so many pixels at"
                    + " the picture's own size, mirrored ones included; one picture always fits."
                    + " Changes speed and memory, not results.",
            byDefault = "131072",
            unit = "pixels",
            min = 1,
            origin = "choice")
        int pixelsPerPass,
    @Doc(
            value =
                "Longer side to which a larger picture is scaled down before; its maps are scaled"
                    + " back. By default none is.",
            byDefault = "65535",
            unit = "pixels",
            min = 1,
            max = PictureFile.LONGEST_SIDE,
            origin = "choice")
        int pictureSide) {
  /** The smallest factor that makes sense. */
  public static final double LEAST_SCALE = 0.0625;

  /** The largest. */
  public static final double LARGEST_SCALE = 8;

  /** Pictures of any size are looked at as they are. */
  public CamConfig(List<Double> scales, boolean flip, int pixelsPerPass) {
    this(scales, flip, pixelsPerPass, PictureFile.LONGEST_SIDE);
  }

  public CamConfig {
    scales = List.copyOf(scales);
    if (scales.isEmpty()) {
      throw new IllegalArgumentException("scales is empty; name at least one, such as [1]");
    }
    if (new HashSet<>(scales).size() != scales.size()) {
      throw new IllegalArgumentException("scales repeats a factor: " + scales);
    }
    for (double scale : scales) {
      if (!(scale > 0) || Double.isInfinite(scale)) {
        throw new IllegalArgumentException("scales holds " + scale + "; factors are above 0");
      }
    }
  }
}
