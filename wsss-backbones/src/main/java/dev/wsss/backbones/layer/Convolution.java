package dev.wsss.backbones.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.backbones.kernel.KernelSet;
import dev.wsss.backbones.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A square two-dimensional convolution, zero-padded so that stride 1 keeps the size and stride s
 * gives ⌈H/s⌉×⌈W/s⌉.
 *
 * <p>Parameter {@code weight}, filters×(channels/groups)×k×k; and {@code bias}, a number a filter,
 * where {@link #biased()} asked for one.
 */
public final class Convolution extends AbstractBlock implements OnnxBlock {
  private static final KernelSet ENGINES_OWN = KernelSet.of(Kernels.PLAIN);

  private final int filters;
  private final Window window;
  private final Parameter weight;
  private @Nullable Parameter bias;

  private Convolution(int filters, Window window, Initialisation initialisation) {
    if (filters < 1) {
      throw new IllegalArgumentException("filters must be at least 1, not " + filters);
    }
    this.filters = filters;
    this.window = window;
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
    return new Convolution(filters, new Window(1, 1, 1, 1), initialisation);
  }

  /**
   * k×k over all channels.
   *
   * @param kernel k, odd
   */
  public static Convolution square(int kernel, int filters, int stride, int dilation) {
    return square(kernel, filters, stride, dilation, Initialisation.HE_NORMAL);
  }

  /** k×k with the given starting values. */
  public static Convolution square(
      int kernel, int filters, int stride, int dilation, Initialisation initialisation) {
    return new Convolution(filters, new Window(kernel, stride, dilation, 1), initialisation);
  }

  /** 3×3 on each channel by itself. */
  public static Convolution depthwise(int channels, int stride, int dilation) {
    Window window = new Window(3, stride, dilation, channels);
    return new Convolution(channels, window, Initialisation.HE_NORMAL);
  }

  /** Gives this convolution a bias that starts at zero; for one without a batch norm behind it. */
  public Convolution biased() {
    bias =
        addParameter(
            Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optInitializer(Initialisation.ZERO)
                .build());
    return this;
  }

  /** Whether it may run as one with a batch norm behind it. */
  boolean joinsBatchNorm() {
    return bias == null;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(forwardAlone(ENGINES_OWN, store, inputs.singletonOrThrow(), training));
  }

  /** This convolution by itself, by the given operations. */
  NDArray forwardAlone(KernelSet kernels, ParameterStore store, NDArray input, boolean training) {
    NDArray w = store.getValue(weight, input.getDevice(), training);
    NDArray b = bias == null ? null : store.getValue(bias, input.getDevice(), training);
    return kernels.convolveAlone(window, input, w, b, training);
  }

  /**
   * This convolution and then a batch norm whose statistics are fixed: {@code γ/σ · (w ∗ x) + (β −
   * μγ/σ)} is a convolution with weights {@code w·γ/σ} and a bias, and gradients reach w, γ and β.
   */
  NDArray forwardWith(
      BatchNorm norm, KernelSet kernels, ParameterStore store, NDArray input, boolean training) {
    NDArray w = store.getValue(weight, input.getDevice(), training);
    try (NDArray scale = norm.scale(store, input.getDevice(), training);
        NDArray shift = norm.shift(scale, store, input.getDevice(), training);
        NDArray column = scale.reshape(filters, 1, 1, 1);
        NDArray scaled = w.mul(column)) {
      return kernels.convolve(window, input, scaled, shift, training);
    }
  }

  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    OnnxValue w = graph.parameter(weight);
    return node(graph, bias == null ? List.of(input, w) : List.of(input, w, graph.parameter(bias)));
  }

  /** Both as one convolution, as {@link #forwardWith}. */
  OnnxValue exportWith(BatchNorm norm, OnnxGraph graph, OnnxValue input) {
    OnnxValue scaled =
        graph.weights("weight", weight.getArray().getShape(), () -> scaled(norm.scale()));
    OnnxValue shift = graph.weights("bias", new Shape(filters), norm::shift);
    return node(graph, List.of(input, scaled, shift));
  }

  private float[] scaled(double[] scale) {
    float[] values = weight.getArray().toFloatArray();
    int perFilter = values.length / filters;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scale[i / perFilter]);
    }
    return values;
  }

  private OnnxValue node(OnnxGraph graph, List<OnnxValue> inputs) {
    int padding = window.padding();
    return graph.node(
        "Conv",
        inputs,
        OnnxAttribute.list("kernel_shape", window.kernel(), window.kernel()),
        OnnxAttribute.list("strides", window.stride(), window.stride()),
        OnnxAttribute.list("dilations", window.dilation(), window.dilation()),
        OnnxAttribute.list("pads", padding, padding, padding, padding),
        OnnxAttribute.of("group", window.groups()));
  }

  @Override
  protected void prepare(Shape[] inputs) {
    long channels = inputs[0].get(1);
    int groups = window.groups();
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          channels + " channels cannot be split into " + groups + " groups");
    }
    weight.setShape(new Shape(filters, channels / groups, window.kernel(), window.kernel()));
    if (bias != null) {
      bias.setShape(new Shape(filters));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape in = inputs[0];
    return new Shape[] {
      new Shape(in.get(0), filters, window.outputs(in.get(2)), window.outputs(in.get(3)))
    };
  }
}
