package dev.wsss.eval.cam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.network.InputSpec;
import java.util.List;

/** Pixels on their way into a network of the tensor engine. */
public final class NormalisedPixels {

  private NormalisedPixels() {}

  /** Normalised as the network wants it, N×3×H×W. */
  public static NDArray of(PixelBatch pixels, InputSpec input, NDManager manager) {
    Shape shape = new Shape(pixels.count(), 3, pixels.height(), pixels.width());
    return manager
        .create(pixels.values(), shape, DataType.FLOAT32)
        .sub(channels(manager, input.mean()))
        .divi(channels(manager, input.deviation()));
  }

  private static NDArray channels(NDManager manager, List<Float> values) {
    float[] three = {values.get(0), values.get(1), values.get(2)};
    return manager.create(three, new Shape(1, 3, 1, 1));
  }
}
