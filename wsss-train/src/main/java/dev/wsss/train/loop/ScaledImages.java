package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.tensor.Bilinear;
import java.util.HashMap;
import java.util.Map;

/** The batch's images at each scale, resized at most once a step. */
final class ScaledImages {
  private final NDArray images;
  private final Map<Double, NDArray> byScale = new HashMap<>();

  ScaledImages(NDArray images) {
    this.images = images;
  }

  /** Pixels of one image at a scale. */
  long pixels(double scale) {
    return at(scale).getShape().get(2) * at(scale).getShape().get(3);
  }

  /** Images B×3×⌊H·scale⌋×⌊W·scale⌋. */
  NDArray at(double scale) {
    return byScale.computeIfAbsent(
        scale,
        s ->
            Bilinear.resize(
                images,
                (int) (images.getShape().get(2) * s),
                (int) (images.getShape().get(3) * s)));
  }
}
