package dev.wsss.api.inference;

/**
 * What a segmentation network says of a batch of pictures.
 *
 * @param count pictures N
 * @param planes 1+K, background first
 * @param height h of the grid, in cells
 * @param width w of the grid, in cells
 * @param scores logarithms of probabilities up to a number a cell, N×(1+K)×h×w
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record PixelScores(int count, int planes, int height, int width, float[] scores) {

  public PixelScores {
    if (planes < 2 || scores.length != (long) count * planes * height * width) {
      throw new IllegalArgumentException(
          "%d values are not the scores of %d pictures, %d planes and a grid of %d×%d"
              .formatted(scores.length, count, planes, width, height));
    }
  }
}
