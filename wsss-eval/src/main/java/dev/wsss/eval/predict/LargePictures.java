package dev.wsss.eval.predict;

/** What is done with a picture whose longer side is above {@link ModelInfo#pictureSide()}. */
public enum LargePictures {
  /** It is scaled down to that side, and its maps are scaled back: quick, coarse. */
  SCALED,
  /**
   * Its maps are put together from overlapping parts of that side, at the picture's own resolution;
   * which classes it shows is still decided on the whole picture, scaled down.
   */
  TILED
}
