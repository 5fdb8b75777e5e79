package dev.wsss.eval.augment;

import dev.wsss.api.data.Example;
import java.util.List;

/**
 * B normalised training crops in ordinary memory, not yet on any device.
 *
 * @param images B×3×S×S values, row by row; the receiver's to keep
 * @param side S, in pixels
 * @param examples the B pictures they were cut from; a picture that could not be decoded is
 *     replaced by another here too
 * @param labels B×S×S class indices as in an {@link dev.wsss.api.data.IndexMask}; empty where
 *     training needs no masks
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: batches are never compared
public record HostBatch(float[] images, int side, List<Example> examples, byte[] labels) {

  public HostBatch {
    examples = List.copyOf(examples);
    if (images.length != 3 * side * side * examples.size()) {
      throw new IllegalArgumentException(
          "%d values are no batch of %d pictures of 3×%d×%d"
              .formatted(images.length, examples.size(), side, side));
    }
    if (labels.length != 0 && labels.length != side * side * examples.size()) {
      throw new IllegalArgumentException(
          "%d labels are not those of %d pictures of %d×%d"
              .formatted(labels.length, examples.size(), side, side));
    }
  }

  /** Crops without masks. */
  public HostBatch(float[] images, int side, List<Example> examples) {
    this(images, side, examples, new byte[0]);
  }
}
