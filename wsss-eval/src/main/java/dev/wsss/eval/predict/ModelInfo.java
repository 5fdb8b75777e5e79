package dev.wsss.eval.predict;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LabelThresholds;

/**
 * What has to be known besides the network to make masks with it.
 *
 * @param classes foreground classes in the order of the network's maps
 * @param cams how maps are inferred; the thresholds were chosen for it
 * @param maskThreshold score from which a pixel gets its class
 * @param maskThresholdMode how it was chosen, such as {@code held-out}
 * @param labels from which probability on a class is in a picture that nobody has labelled
 * @param pictureSide longer side, in pixels, that pictures had when thresholds were chosen; larger
 *     ones are scaled down to it
 */
public record ModelInfo(
    ClassNames classes,
    CamConfig cams,
    double maskThreshold,
    String maskThresholdMode,
    LabelThresholds labels,
    int pictureSide) {

  public ModelInfo {
    if (labels.byClass().size() != classes.count()) {
      throw new IllegalArgumentException(
          "%d thresholds of labels for %d classes"
              .formatted(labels.byClass().size(), classes.count()));
    }
    if (pictureSide < 1) {
      throw new IllegalArgumentException("a side of " + pictureSide + " pixels");
    }
  }
}
