package dev.wsss.eval.predict;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.CamConfig;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.image.BilinearResize;
import java.util.Collections;
import java.util.List;

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

  /** A class that is less probable everywhere comes not into question, also not for refiners. */
  private static final double POSSIBLE = 0.1;

  /** How the thresholds of a segmentation network's labels are called. */
  private static final String OF_A_PIXEL = "largest of any pixel";

  /**
   * Of a segmentation network, for whose masks background is a class among others: a class comes
   * into question where its probability reaches 0.1 in some pixel.
   *
   * @param passes scales and mirror images
   * @param pictureSide longer side to which larger pictures are scaled down
   */
  public static ModelInfo ofSegmentation(ClassNames classes, CamConfig passes, int pictureSide) {
    List<Double> possible = Collections.nCopies(classes.count(), POSSIBLE);
    return new ModelInfo(
        classes,
        passes,
        0,
        "background is a class",
        new LabelThresholds(possible, OF_A_PIXEL),
        pictureSide);
  }

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

  /** Whether a picture of that size, in pixels, is scaled down or looked at in parts. */
  boolean isLarge(int width, int height) {
    return Math.max(width, height) > pictureSide;
  }

  /** The picture at the size at which it is looked at whole. */
  RgbImage scaledDown(RgbImage picture) {
    return BilinearResize.atMost(picture, pictureSide);
  }
}
