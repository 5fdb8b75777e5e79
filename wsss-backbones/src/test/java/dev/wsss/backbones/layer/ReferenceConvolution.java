package dev.wsss.backbones.layer;

import dev.wsss.backbones.kernel.Window;

/**
 * A convolution, a batch norm of fixed statistics and a rectifier, with the gradients of {@code Σ
 * output·factor}, by their definitions, in double precision: what the engine's kernels are compared
 * with.
 */
final class ReferenceConvolution {
  private static final double EPSILON = 1e-5;

  /** Values this near a limit of the rectifier may fall on its other side. */
  private static final double NEAR = 1e-3;

  private final ConvolutionCase shape;
  private final float[] x;
  private final float[] weight;
  private final float[] norm;

  /** The convolution's output, before batch norm. */
  private final double[] sums;

  /**
   * @param norm weight, bias, running mean and running variance of the batch norm, K values each;
   *     empty where there is none
   */
  ReferenceConvolution(ConvolutionCase shape, float[] x, float[] weight, float[] norm) {
    this.shape = shape;
    this.x = x;
    this.weight = weight;
    this.norm = norm;
    this.sums = new double[shape.batch() * shape.filters() * shape.outHeight() * shape.outWidth()];
    forEachProduct((at, from, tap) -> sums[at] += (double) x[from] * weight[tap]);
  }

  /** The output. */
  double[] output() {
    double[] output = new double[sums.length];
    for (int i = 0; i < output.length; i++) {
      double value = normalised(i);
      output[i] = shape.isNormalised() ? Math.min(Math.max(value, 0), shape.limit()) : value;
    }
    return output;
  }

  /** Sets factors to zero where rounding decides on which side of a limit a value falls. */
  void settle(float[] factors) {
    for (int i = 0; i < factors.length && shape.isNormalised(); i++) {
      double value = normalised(i);
      if (Math.abs(value) < NEAR || Math.abs(value - shape.limit()) < NEAR) {
        factors[i] = 0;
      }
    }
  }

  /** The gradients of input and weight. */
  double[][] gradients(float[] factors) {
    double[] ofX = new double[x.length];
    double[] ofWeight = new double[weight.length];
    double[] back = new double[sums.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = factors[i] * slope(i);
    }
    forEachProduct(
        (at, from, tap) -> {
          ofX[from] += back[at] * weight[tap];
          ofWeight[tap] += back[at] * x[from];
        });
    return new double[][] {ofX, ofWeight};
  }

  private double slope(int at) {
    if (!shape.isNormalised()) {
      return 1;
    }
    double value = normalised(at);
    return value > 0 && value < shape.limit() ? scale(filter(at)) : 0;
  }

  private double normalised(int at) {
    if (!shape.isNormalised()) {
      return sums[at];
    }
    int k = filter(at);
    return (sums[at] - norm[2 * shape.filters() + k]) * scale(k) + norm[shape.filters() + k];
  }

  private double scale(int k) {
    return norm[k] / Math.sqrt(norm[3 * shape.filters() + k] + EPSILON);
  }

  private int filter(int at) {
    return at / (shape.outHeight() * shape.outWidth()) % shape.filters();
  }

  /** Takes the places of an output, and of the input and the weight that meet there. */
  private interface Product {
    void at(int output, int input, int tap);
  }

  private void forEachProduct(Product product) {
    Window window = shape.window();
    int channels = shape.channels() / window.groups();
    int filtersAGroup = shape.filters() / window.groups();
    int at = 0;
    for (int n = 0; n < shape.batch(); n++) {
      for (int k = 0; k < shape.filters(); k++) {
        int firstChannel = k / filtersAGroup * channels;
        for (int i = 0; i < shape.outHeight(); i++) {
          for (int j = 0; j < shape.outWidth(); j++, at++) {
            for (int c = 0; c < channels; c++) {
              int plane = (n * shape.channels() + firstChannel + c) * shape.height();
              for (int tap = 0; tap < window.kernel() * window.kernel(); tap++) {
                int row = row(i, tap / window.kernel());
                int column = row(j, tap % window.kernel());
                if (row >= 0 && row < shape.height() && column >= 0 && column < shape.width()) {
                  product.at(
                      at,
                      (plane + row) * shape.width() + column,
                      (k * channels + c) * window.kernel() * window.kernel() + tap);
                }
              }
            }
          }
        }
      }
    }
  }

  private int row(int output, int tap) {
    Window window = shape.window();
    return output * window.stride() - window.padding() + tap * window.dilation();
  }
}
