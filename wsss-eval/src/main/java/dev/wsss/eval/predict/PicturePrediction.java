package dev.wsss.eval.predict;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.refine.Refinement;

/** What a model says of one picture. */
public sealed interface PicturePrediction permits CamPrediction, SegmentedPrediction {

  /** The picture's name and its classes: its labels, or those the model found. */
  Example example();

  /** Of all K classes to be in the picture, 0…1. */
  float[] probabilities();

  /** Of the picture as it came, in pixels. */
  int width();

  /** Of the picture as it came, in pixels. */
  int height();

  /** The winning class and score of every pixel of the picture as it came. */
  ScoreMap scores();

  /** The class index of every pixel of the picture as it came; 0 is background. */
  default IndexMask mask() {
    return mask(0);
  }

  /**
   * The same with {@link IndexMask#IGNORE} for doubtful pixels, whose best score is less than the
   * margin above what else they could be.
   *
   * @param margin 0…1, in units of scores; nothing is doubtful at 0
   */
  IndexMask mask(double margin);

  /**
   * Refines the scores along the edges of the picture.
   *
   * @param picture as it came
   * @throws IllegalArgumentException if the picture was looked at in parts
   * @throws BadImageException if what a refiner knows of this picture is missing or damaged
   */
  RefinedPrediction refined(Refinement refinement, RgbImage picture) throws BadImageException;
}
