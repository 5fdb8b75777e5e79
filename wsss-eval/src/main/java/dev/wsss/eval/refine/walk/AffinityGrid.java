package dev.wsss.eval.refine.walk;

/**
 * Features by which two cells of a picture are told to belong together: the affinity of cells i and
 * j is {@code exp(−mean_c |f_ci − f_cj|)}.
 *
 * @param channels C
 * @param width w of the grid, in cells
 * @param height h of the grid, in cells
 * @param features f, C×h×w; not copied, treat as immutable
 */
@SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
public record AffinityGrid(int channels, int width, int height, float[] features) {

  public AffinityGrid {
    if (channels < 1
        || width < 1
        || height < 1
        || features.length != (long) channels * width * height) {
      throw new IllegalArgumentException(
          "%d features are not those of %d channels on a grid of %d×%d"
              .formatted(features.length, channels, width, height));
    }
  }
}
