package dev.wsss.api.inference;

import java.util.Optional;

/**
 * What a network says of a batch of pictures.
 *
 * @param count pictures N
 * @param classes foreground classes K
 * @param height h of the grid, in cells
 * @param width w of the grid, in cells
 * @param maps raw class activation maps, not rectified, N×K×h×w
 * @param logits N×K
 * @param features N×D×h×w, where they were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record RawMaps(
    int count,
    int classes,
    int height,
    int width,
    float[] maps,
    float[] logits,
    Optional<float[]> features) {

  public RawMaps {
    long cells = (long) height * width;
    if (maps.length != cells * count * classes
        || logits.length != (long) count * classes
        || (features.isPresent() && features.get().length % (count * cells) != 0)) {
      throw new IllegalArgumentException(
          "%d maps' and %d logits' values are not those of %d pictures, %d classes and a grid of %d×%d"
              .formatted(maps.length, logits.length, count, classes, width, height));
    }
  }
}
