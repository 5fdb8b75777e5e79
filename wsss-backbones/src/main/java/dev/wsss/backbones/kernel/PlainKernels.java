package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/** Every operation is the engine's, and none changes what another has made. */
final class PlainKernels implements KernelSet {

  @Override
  public NDArray inPreferredOrder(NDArray x) {
    return x;
  }

  @Override
  public boolean joinsFixedBatchNorm() {
    return false;
  }

  @Override
  public NDArray convolve(
      Window window, NDArray x, NDArray weight, NDArray bias, boolean training) {
    return convolveAlone(window, x, weight, bias, training);
  }

  @Override
  public NDArray convolveAlone(
      Window window, NDArray x, NDArray weight, @Nullable NDArray bias, boolean training) {
    return DirectConvolution.apply(window, x, weight, bias);
  }

  @Override
  public NDArray activate(Elementwise function, NDArray x) {
    try (x) {
      return function.apply(x);
    }
  }

  @Override
  public NDArray add(NDArray x, NDArray y) {
    try (x) {
      return x.add(y);
    }
  }
}
