package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The student's outputs, in graph, for a part of the batch: consecutive images, and one or more of
 * the scales that the module asked for.
 */
public interface StudentView {

  /** The images of this part: their labels, and their rows of any array of the whole batch. */
  BatchPart part();

  /** The whole batch, of which this view holds a part. */
  default Batch batch() {
    return part().batch();
  }

  /** The scales of this part; all of the module's where its coupling is joint, else one. */
  List<Double> scales();

  /** Features b×D×h×w at one of {@link #scales()}. */
  NDArray features(double scale);

  /** Raw class activation maps b×K×h×w at one of {@link #scales()}. */
  NDArray maps(double scale);
}
