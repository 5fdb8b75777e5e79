package dev.wsss.train.config;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.Doc;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.image.PictureFile;
import java.util.List;
import java.util.Map;

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
            max = PictureFile.LONGEST_SIDE,
            origin = "choice")
        int pictureSide,
    @Doc(
            "Named refiners of the probabilities, in their order, in wsss run; a refiner's type is"
                + " its name unless it says otherwise.")
        Map<String, Choice<PseudoLabelRefiner>> refine) {

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
