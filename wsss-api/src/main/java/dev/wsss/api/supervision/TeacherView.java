package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;

/**
 * The teacher's outputs for the whole batch; each scale is computed at most once a step, and no
 * gradient flows. Arrays live until the end of the step.
 */
public interface TeacherView {

  /**
   * Features B×D×h×w at a scale.
   *
   * @throws IllegalArgumentException if {@link Needs} did not ask for the scale
   */
  NDArray features(double scale);

  /**
   * Raw class activation maps B×K×h×w at a scale. Where the slot has refiners: rectified maps at
   * the pictures' size, B×K×H×W, with 0 for classes that a picture does not show.
   *
   * @throws IllegalArgumentException if {@link Needs} did not ask for the scale
   */
  NDArray maps(double scale);
}
