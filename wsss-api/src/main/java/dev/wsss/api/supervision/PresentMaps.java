package dev.wsss.api.supervision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.Bilinear;
import dev.wsss.api.tensor.Constants;

/**
 * The present maps {@code P(A) = relu(up(A)) · y} without the zeros: only (image, class) pairs with
 * label 1 are upsampled, about 1.5 of 20 classes in VOC.
 */
public final class PresentMaps {

  private PresentMaps() {}

  /**
   * Picks the n pairs of a part from its raw maps, upsamples them to the size of the images and
   * rectifies them. The result, n×(H·W), belongs to the manager of {@code maps} and is in graph if
   * {@code maps} is.
   *
   * @param maps b×K×h×w
   * @param part of at least one pair
   */
  public static NDArray rectified(NDArray maps, BatchPart part) {
    return rectified(maps, part, part.batch().height(), part.batch().width());
  }

  /** The same on a grid of another size, n×(height·width). */
  public static NDArray rectified(NDArray maps, BatchPart part, int height, int width) {
    Present present = part.present();
    Shape shape = maps.getShape();
    int classes = (int) shape.get(1);
    NDArray pairs;
    try (NDArray index =
        Constants.of(maps.getManager(), present.flatIndex(part.from(), classes), present.size())) {
      pairs = maps.reshape(-1, 1, shape.get(2), shape.get(3)).get(index);
    }
    NDArray raised = Bilinear.resize(pairs, height, width).getNDArrayInternal().relu();
    return raised.reshape(present.size(), (long) height * width);
  }
}
