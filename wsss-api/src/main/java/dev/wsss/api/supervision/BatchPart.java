package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * Consecutive images of a batch.
 *
 * @param batch the whole batch
 * @param from first image, from 0
 * @param to one past the last image
 */
public record BatchPart(Batch batch, int from, int to) {

  public BatchPart {
    if (from < 0 || from >= to || to > batch.size()) {
      throw new IllegalArgumentException(
          "images " + from + " to " + to + " are no part of a batch of " + batch.size());
    }
  }

  /** b, the number of images. */
  public int size() {
    return to - from;
  }

  /**
   * This part of an array whose first axis is the batch's images: B×… to b×…, a view, in graph if
   * the array is.
   *
   * @throws IllegalArgumentException if the array has another number of images
   */
  public NDArray of(NDArray whole) {
    return rows(whole, batch.size(), from, to, "images");
  }

  /**
   * This part of an array whose first axis is the batch's (image, class) pairs with label 1: n×… to
   * the part's pairs, a view.
   *
   * @throws IllegalArgumentException if the array has another number of pairs
   */
  public NDArray ofPairs(NDArray whole) {
    int first = pairsBefore(from);
    return rows(whole, pairsBefore(batch.size()), first, first + present().size(), "pairs");
  }

  /** Labels b×K: 1 where a class is present, else 0; a view. */
  public NDArray labels() {
    return of(batch.labels());
  }

  /** The part's (image, class) pairs with label 1; images are counted from the batch's first. */
  public Present present() {
    return batch.present(from, to);
  }

  private int pairsBefore(int image) {
    return batch.present(0, image).size();
  }

  private static NDArray rows(NDArray whole, int expected, int from, int to, String axis) {
    if (whole.getShape().get(0) != expected) {
      throw new IllegalArgumentException(
          "an array of shape "
              + whole.getShape()
              + " does not hold the "
              + expected
              + " "
              + axis
              + " of the batch");
    }
    return whole.get(new NDIndex().addSliceDim(from, to));
  }
}
