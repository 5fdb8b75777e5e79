package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Constants;
import java.util.List;

/**
 * Bicubic resizing with half-pixel centres and without antialiasing, PyTorch's {@code
 * interpolate(mode="bicubic", align_corners=False)}: convolution with Keys' kernel of coefficient
 * −0.75, where cells beyond the border are those at it.
 *
 * <p>As products with one matrix an axis, {@code U_h · x · U_wᵀ}, so differentiable.
 */
public final class Bicubic {
  private static final double COEFFICIENT = -0.75;

  private Bicubic() {}

  /** Resizes h×w×D to height×width×D; returns {@code x} itself if it has that size. */
  public static NDArray resize(NDArray x, int height, int width) {
    Shape shape = x.getShape();
    int h = (int) shape.get(0);
    int w = (int) shape.get(1);
    int d = (int) shape.get(2);
    if (h == height && w == width) {
      return x;
    }
    NDManager manager = x.getManager();
    try (NDArray vertical = matrix(manager, h, height);
        NDArray flat = x.reshape(h, (long) w * d);
        NDArray rows = vertical.matMul(flat);
        NDArray apart = rows.reshape(height, w, d);
        NDArray horizontal = matrix(manager, w, width)) {
      return horizontal.matMul(apart);
    }
  }

  /** U of an axis, out×in. */
  private static NDArray matrix(NDManager manager, int in, int out) {
    float[] values = new float[out * in];
    for (int j = 0; j < out; j++) {
      double position = (j + 0.5) * in / out - 0.5;
      int left = (int) Math.floor(position);
      for (int cell = left - 1; cell <= left + 2; cell++) {
        int inside = Math.min(Math.max(cell, 0), in - 1);
        values[j * in + inside] += (float) weight(Math.abs(position - cell));
      }
    }
    return Constants.of(manager, values, out, in);
  }

  /** Keys (1981), equation 4 with a = −0.75. */
  private static double weight(double distance) {
    double a = COEFFICIENT;
    double x = distance;
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }

  /**
   * The same as ONNX nodes.
   *
   * @param x 1×D×h×w
   * @param sizes 1, D, height and width
   */
  public static OnnxValue export(OnnxGraph graph, OnnxValue x, OnnxValue sizes) {
    return graph.node(
        "Resize",
        List.of(x, OnnxValue.ABSENT, OnnxValue.ABSENT, sizes),
        OnnxAttribute.of("mode", "cubic"),
        OnnxAttribute.of("cubic_coeff_a", (float) COEFFICIENT),
        OnnxAttribute.of("coordinate_transformation_mode", "half_pixel"));
  }
}
