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
 */
@SuppressWarnings("ArrayRecordComponent") // a value by reference: batches are never compared
public record HostBatch(float[] images, int side, List<Example> examples) {

  public HostBatch {
    examples = List.copyOf(examples);
    if (images.length != 3 * side * side * examples.size()) {
      throw new IllegalArgumentException(
          "%d values are no batch of %d pictures of 3×%d×%d"
              .formatted(images.length, examples.size(), side, side));
    }
  }
}
