package dev.wsss.eval.cam;

import dev.wsss.api.data.Example;

/** Which classes of a picture get maps. */
@FunctionalInterface
public interface LabelSource {

  /** The picture's own labels. */
  LabelSource GIVEN = (example, probabilities) -> example;

  /**
   * The picture with the labels that count.
   *
   * @param example name and labels as they came
   * @param probabilities of all K classes
   */
  Example label(Example example, float[] probabilities);
}
