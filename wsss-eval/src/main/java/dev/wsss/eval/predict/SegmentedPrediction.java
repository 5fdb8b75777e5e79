package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.refine.Refinement;
import java.util.Arrays;

/**
 * What a segmentation network says of one picture.
 *
 * @param example name, and the labels it was given or the classes that win a pixel
 * @param probabilities of K classes: the largest of any pixel
 * @param width of the picture as it came, in pixels
 * @param height in pixels
 * @param planes probabilities of background and of the classes that came into question, at the size
 *     at which the picture was looked at
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record SegmentedPrediction(
    Example example, float[] probabilities, int width, int height, ClassScores planes)
    implements PicturePrediction {

  /** The probabilities at the size of the picture as it came, resized bilinearly. */
  public ClassScores planesAtPictureSize() {
    return new RefinedPrediction(this, planes).scoresAtPictureSize();
  }

  /** Of the classes; background counts where masks are made. */
  @Override
  public ScoreMap scores() {
    float[] classes = Arrays.copyOfRange(planes.planes(), planes.pixels(), planes.planes().length);
    return new PictureMaps(
            example, probabilities, planes.width(), planes.height(), planes.present(), classes)
        .winners(width, height, width, height);
  }

  @Override
  public IndexMask mask(double margin) {
    return new RefinedPrediction(this, planes).mask(margin);
  }

  @Override
  public RefinedPrediction refined(Refinement refinement, RgbImage picture)
      throws BadImageException {
    return new RefinedPrediction(this, refinement.refine(picture, planes, example.id()));
  }
}
