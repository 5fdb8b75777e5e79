package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * The operations that have a tuned form beside the engine's own. Both forms give the same values
 * and gradients, up to the rounding of another order of summation.
 *
 * <p>An operation that <em>consumes</em> an array may overwrite it and closes its handle, so
 * nothing else may need it; autograd keeps what it needs.
 */
public interface KernelSet {

  /** The operations that a configuration chose. */
  static KernelSet of(Kernels kernels) {
    return switch (kernels) {
      case TUNED -> new TunedKernels();
      case PLAIN -> new PlainKernels();
    };
  }

  /** The values of B×C×H×W in the memory order that convolutions like best; maybe {@code x}. */
  NDArray inPreferredOrder(NDArray x);

  /**
   * Whether a convolution and a batch norm of fixed statistics behind it run as one convolution.
   */
  boolean joinsFixedBatchNorm();

  /**
   * A convolution that a fixed batch norm has joined.
   *
   * @param x B×C×H×W
   * @param weight K×(C/groups)×k×k
   * @param bias K
   * @param training whether gradients will be asked for
   */
  NDArray convolve(Window window, NDArray x, NDArray weight, NDArray bias, boolean training);

  /**
   * A convolution that no fixed batch norm has joined.
   *
   * @param bias K, or null for none
   */
  NDArray convolveAlone(
      Window window, NDArray x, NDArray weight, @Nullable NDArray bias, boolean training);

  /** The function of each element of {@code x}, which is consumed. */
  NDArray activate(Elementwise function, NDArray x);

  /** {@code x + y}; x is consumed. */
  NDArray add(NDArray x, NDArray y);
}
