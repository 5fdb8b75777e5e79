package dev.wsss.backbones.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Constants;

/** Global average pooling. */
final class GlobalAverage {

  private GlobalAverage() {}

  /** B×K×h×w to B×K. A sum and a factor: the engine's mean over two axes has no gradient. */
  static NDArray of(NDArray maps) {
    Shape shape = maps.getShape();
    try (NDArray sum = maps.sum(new int[] {2, 3})) {
      return Constants.mul(sum, 1f / (shape.get(2) * shape.get(3)));
    }
  }
}
