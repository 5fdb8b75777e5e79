package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Initialisation;
import org.jspecify.annotations.Nullable;

/**
 * A square two-dimensional convolution without bias, zero-padded so that stride 1 keeps the size
 * and stride s gives ⌈H/s⌉×⌈W/s⌉.
 *
 * <p>Parameter {@code weight}, filters×(channels/groups)×k×k.
 *
 * <p>A 1×1 convolution with a stride reads every s-th pixel and then runs at stride 1, which is the
 * same arithmetic. Authors of backbones: never give the engine a strided 1×1 convolution yourself.
 * On processors with AVX-512 its gradient of the weights (oneDNN, PyTorch 2.7.1; channels-last
 * input of fewer than 16 channels, a batch that is no multiple of the threads) writes outside its
 * memory, which kills the JVM or gives a wrong gradient.
 */
public final class Convolution extends AbstractBlock {
  private final int filters;
  private final int kernel;
  private final int stride;
  private final int dilation;
  private final int groups;
  private final @Nullable DilatedDepthwise phases;
  private final Parameter weight;

  /** Where it is faster; known with the number of channels. */
  private @Nullable Winograd winograd;

  private Convolution(
      int filters,
      int kernel,
      int stride,
      int dilation,
      int groups,
      Initialisation initialisation) {
    if (filters < 1 || stride < 1 || dilation < 1) {
      throw new IllegalArgumentException(
          "filters, stride and dilation must be at least 1, not %d, %d and %d"
              .formatted(filters, stride, dilation));
    }
    this.filters = filters;
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.groups = groups;
    this.phases = groups > 1 && stride == 1 && dilation > 1 ? new DilatedDepthwise(dilation) : null;
    this.weight =
        addParameter(
            Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(initialisation)
                .build());
  }

  /** 1×1. */
  public static Convolution pointwise(int filters) {
    return pointwise(filters, Initialisation.HE_NORMAL);
  }

  /** 1×1 with the given starting values. */
  public static Convolution pointwise(int filters, Initialisation initialisation) {
    return new Convolution(filters, 1, 1, 1, 1, initialisation);
  }

  /**
   * k×k over all channels.
   *
   * @param kernel k, odd
   */
  public static Convolution square(int kernel, int filters, int stride, int dilation) {
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel must be odd, not " + kernel);
    }
    return new Convolution(filters, kernel, stride, dilation, 1, Initialisation.HE_NORMAL);
  }

  /** 3×3 on each channel by itself. */
  public static Convolution depthwise(int channels, int stride, int dilation) {
    return new Convolution(channels, 3, stride, dilation, channels, Initialisation.HE_NORMAL);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray w = store.getValue(weight, input.getDevice(), training);
    return convolve(input, w, null);
  }

  /**
   * This convolution and then a batch norm whose statistics are fixed: {@code γ/σ · (w ∗ x) + (β −
   * μγ/σ)} is a convolution with weights {@code w·γ/σ} and a bias, and gradients reach w, γ and β.
   */
  NDArray forwardWith(BatchNorm norm, ParameterStore store, NDArray input, boolean training) {
    NDArray w = store.getValue(weight, input.getDevice(), training);
    try (NDArray scale = norm.scale(store, input.getDevice(), training);
        NDArray shift = norm.shift(scale, store, input.getDevice(), training);
        NDArray column = scale.reshape(filters, 1, 1, 1);
        NDArray scaled = w.mul(column)) {
      if (!input.getDevice().isGpu()) {
        if (phases != null && training) {
          return phases.apply(input, scaled, shift);
        }
        if (winograd != null) {
          return winograd.apply(input, scaled, shift);
        }
      }
      return convolve(input, scaled, shift).singletonOrThrow();
    }
  }

  private NDList convolve(NDArray input, NDArray w, @Nullable NDArray bias) {
    if (kernel == 1 && stride > 1) {
      try (NDArray read = input.get(new NDIndex(":,:,::{},::{}", stride, stride))) {
        return convolve(read, w, bias, 1);
      }
    }
    return convolve(input, w, bias, stride);
  }

  @SuppressWarnings("NullAway") // the engine takes null for no bias
  private NDList convolve(NDArray input, NDArray w, @Nullable NDArray bias, int step) {
    return input
        .getNDArrayInternal()
        .convolution(
            input,
            w,
            bias,
            new Shape(step, step),
            new Shape(padding(), padding()),
            new Shape(dilation, dilation),
            groups);
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long channels = inputs[0].get(1);
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          channels + " channels cannot be split into " + groups + " groups");
    }
    weight.setShape(new Shape(filters, channels / groups, kernel, kernel));
    if (groups == 1 && stride == 1 && kernel == 3 && Winograd.pays(channels, filters)) {
      winograd = new Winograd(dilation);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {new Shape(in.get(0), filters, reduced(in.get(2)), reduced(in.get(3)))};
  }

  private long reduced(long size) {
    return (size + 2L * padding() - dilation * (kernel - 1L) - 1) / stride + 1;
  }

  private int padding() {
    return dilation * (kernel - 1) / 2;
  }
}
