package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.eval.cam.CamConfig;
import java.util.List;

/** How a segmentation network looks at a picture. */
public record SegmentationPassesConfig(
    @Doc(
            value =
                "Factors of the picture's size at which the network is run; probabilities are"
                    + " averaged.",
            byDefault = "[0.75, 1, 1.25]",
            min = CamConfig.LEAST_SCALE,
            max = CamConfig.LARGEST_SCALE,
            origin = "choice")
        List<Double> scales,
    @Doc(
            value = "Run the mirrored picture too and average its probabilities, mirrored back.",
            byDefault = "true",
            origin = "choice")
        boolean flip,
    @Doc(
            value =
                "Longer side to which a larger picture is scaled down before; best near the sizes"
                    + " that were learned.",
            byDefault = "512",
            unit = "pixels",
            min = 1,
            max = 65535,
            origin = "choice")
        int pictureSide) {

  public SegmentationPassesConfig {
    scales = passes(scales, flip).scales(); // refuses what makes no sense
  }

  /** Scales and mirror images, as passes over a picture take them. */
  public CamConfig passes() {
    return passes(scales, flip);
  }

  private static CamConfig passes(List<Double> scales, boolean flip) {
    return new CamConfig(scales, flip, 1);
  }
}
