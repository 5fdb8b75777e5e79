package dev.wsss.eval.predict;

import dev.wsss.eval.refine.Refinement;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be written of each picture, and how it is looked at.
 *
 * @param labels table with the columns {@code image} and {@code labels}; without one the model says
 *     which classes a picture shows
 * @param large what is done with large pictures
 * @param refinement of the maps before masks are made of them; not with {@link LargePictures#TILED}
 * @param doubt margin of scores within which a pixel is doubtful, 0…1; see {@link
 *     PicturePrediction#mask(double)} and {@link RefinedPrediction#mask(double)}
 * @param scores whether score maps are written, as they are before a refinement
 * @param coco whether COCO's JSON is written
 */
public record PredictionSettings(
    Optional<Path> labels,
    LargePictures large,
    Optional<Refinement> refinement,
    double doubt,
    boolean scores,
    boolean coco) {

  /** Masks, overlays and tables, with the classes the model finds. */
  public static final PredictionSettings USUAL =
      new PredictionSettings(
          Optional.empty(), LargePictures.SCALED, Optional.empty(), 0, false, false);

  public PredictionSettings {
    if (!(doubt >= 0 && doubt <= 1)) {
      throw new IllegalArgumentException("a margin of doubt of " + doubt + "; allowed are 0 to 1");
    }
    if (large == LargePictures.TILED && refinement.isPresent()) {
      throw new IllegalArgumentException(
          "pictures that are looked at in parts are not refined; choose one of the two");
    }
  }
}
