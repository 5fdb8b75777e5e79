package dev.wsss.api.classification;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.supervision.BatchPart;

/**
 * Compares the student's logits with the image-level labels.
 *
 * <p>The student's batch may be cut into parts; their losses must sum to the loss of the whole
 * batch. Numbers enter the graph through {@link dev.wsss.api.tensor.Constants}.
 *
 * <p>An implementation may inject its configuration record and {@link
 * dev.wsss.api.data.ClassNames}. It is used by one thread and keeps nothing.
 */
public interface ClassificationLoss {

  /**
   * The part's share in the loss of its batch: a scalar in graph, unweighted. Divide by the whole
   * batch's counts ({@code part.batch()}), not the part's.
   *
   * @param logits b×K of the part's b images, at scale 1
   */
  NDArray loss(NDArray logits, BatchPart part);
}
