package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.HiddenCaches;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own convolution. All layers of this project reach it through here.
 *
 * <p>A 1×1 convolution with a stride reads every s-th pixel and then runs at stride 1, which is the
 * same arithmetic: the engine's own gradient of its weights writes outside its memory on processors
 * with AVX-512, see {@link dev.wsss.api.network.Backbone}.
 */
public final class DirectConvolution {

  static {
    HiddenCaches.avoid();
  }

  private DirectConvolution() {}

  /**
   * Gives B×K×⌈H/s⌉×⌈W/s⌉.
   *
   * @param x B×C×H×W
   * @param weight K×(C/groups)×k×k
   * @param bias K, or null for none
   */
  public static NDArray apply(Window window, NDArray x, NDArray weight, @Nullable NDArray bias) {
    int stride = window.stride();
    if (window.kernel() > 1 || stride == 1) {
      return convolve(window, x, weight, bias, stride);
    }
    try (NDArray read = x.get(new NDIndex(":,:,::{},::{}", stride, stride))) {
      return convolve(window, read, weight, bias, 1);
    }
  }

  @SuppressWarnings("NullAway") // the engine takes null for no bias
  private static NDArray convolve(
      Window window, NDArray x, NDArray weight, @Nullable NDArray bias, int stride) {
    return x.getNDArrayInternal()
        .convolution(
            x,
            weight,
            bias,
            new Shape(stride, stride),
            new Shape(window.padding(), window.padding()),
            new Shape(window.dilation(), window.dilation()),
            window.groups())
        .singletonOrThrow();
  }
}
