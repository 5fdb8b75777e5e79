package dev.wsss.rcm;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Finds τ, the share of its own maximum from which on a class claims a pixel, from the maps alone:
 * no mask is read. Which τ is right belongs to the maps and not to the method: 0.3, right for one
 * set of pictures, calls two thirds of another's pixels object where a fifth is.
 */
interface RegionThreshold {

  /**
   * A τ for each map, where maps have thresholds of their own.
   *
   * @param shares Ŝ, n×(H·W), 0…1
   * @return n×1
   */
  default Optional<NDArray> ofMaps(NDArray shares) {
    return Optional.empty();
  }

  /**
   * One τ for the pixels of all images, above those of {@link #ofMaps} where there are such.
   *
   * @param best max_k Ŝ_k(p), B×(H·W); negative in an image without classes
   */
  double ofPixels(NDArray best);
}
