package dev.wsss.eval.refine;

import dev.wsss.eval.refine.crf.MeanField;

/** The numbers of a dense CRF by the names under which they are known. */
public enum CrfPreset {
  /** For scores of class activation maps. */
  CAM,
  /** For hard labels cut from maps, as IRNet makes its training labels (Ahn et al. 2019). */
  IRN_LABEL,
  /** For the probabilities of a segmentation network. */
  SEGMENTATION,
  /** For a segmentation network, with fine places and colours. */
  LARGE;

  CrfUnary unary() {
    return this == IRN_LABEL ? CrfUnary.LABELS : CrfUnary.SCORES;
  }

  MeanField.Terms terms() {
    return switch (this) {
      case CAM -> new MeanField.Terms(10, 3, 3, 80, 13, 10);
      case IRN_LABEL -> new MeanField.Terms(10, 3, 3, 50, 5, 10);
      case SEGMENTATION -> new MeanField.Terms(10, 3, 3, 83, 5, 3);
      case LARGE -> new MeanField.Terms(10, 1, 3, 67, 3, 4);
    };
  }
}
