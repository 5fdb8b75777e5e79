package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.tensor.Precision;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fewer passes over memory and fewer multiplications than the engine's own operations: most of a
 * small network's time goes into moving arrays through memory.
 */
final class TunedKernels implements KernelSet {
  /** The channels of a pixel side by side, and the operations behind keep it so. */
  private static final ScriptedOp CHANNELS_LAST =
      ScriptedOp.differentiable(
          "channels-last", List.of("x"), "return torch.contiguous(x, memory_format=2)");

  @Override
  public NDArray inPreferredOrder(NDArray x) {
    return CHANNELS_LAST.apply(x);
  }

  @Override
  public boolean joinsFixedBatchNorm() {
    return true;
  }

  @Override
  public NDArray convolve(
      Window window, NDArray x, NDArray weight, NDArray bias, boolean training) {
    if (!x.getDevice().isGpu()) {
      if (training && DilatedDepthwise.pays(window)) {
        return DilatedDepthwise.apply(window.dilation(), x, weight, bias);
      }
      // Its sums and differences need more precision than bfloat16 has.
      if (Precision.now() == Precision.FLOAT32
          && Winograd.pays(window, weight.getShape(), training)) {
        return Winograd.apply(window.dilation(), x, weight, bias);
      }
    }
    return convolveAlone(window, x, weight, bias, training);
  }

  @Override
  public NDArray convolveAlone(
      Window window, NDArray x, NDArray weight, @Nullable NDArray bias, boolean training) {
    if (!x.getDevice().isGpu()
        && training
        && window.isPointwise()
        && PointwiseProduct.pays(weight.getShape())) {
      return PointwiseProduct.apply(x, weight, bias);
    }
    return DirectConvolution.apply(window, x, weight, bias);
  }

  @Override
  public NDArray activate(Elementwise function, NDArray x) {
    try (x) {
      return function.overwrite(x);
    }
  }

  @Override
  public NDArray add(NDArray x, NDArray y) {
    return x.addi(y);
  }
}
