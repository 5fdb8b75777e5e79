package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The student's outputs, in graph, for a part of the batch: consecutive images, and one or more of
 * the scales that the module asked for.
 */
public interface StudentView {

  /** The whole batch, of which this view holds a part. */
  Batch batch();

  /** First image of the part. */
  int from();

  /** One past the last image of the part. */
  int to();

  /** The scales of this part; all of the module's where its coupling is joint, else one. */
  List<Double> scales();

  /** Features (to − from)×D×h×w at one of {@link #scales()}. */
  NDArray features(double scale);

  /** Raw class activation maps (to − from)×K×h×w at one of {@link #scales()}. */
  NDArray maps(double scale);
}
