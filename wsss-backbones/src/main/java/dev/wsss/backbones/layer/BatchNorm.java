package dev.wsss.backbones.layer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.wsss.api.onnx.OnnxAttribute;
import dev.wsss.api.onnx.OnnxBlock;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.List;

/**
 * Batch normalisation of B×C×H×W over B, H and W: {@code (x − mean) / √(variance + 1e-5) · weight +
 * bias} per channel.
 *
 * <p>Parameters {@code weight}, {@code bias}, {@code running_mean}, {@code running_var}, C values
 * each, as in PyTorch. In mode {@link BatchNormMode#TRAINED} a training pass uses its own mean and
 * biased variance and sets {@code running ← 0.9·running + 0.1·(this pass's, variance unbiased)}.
 */
public final class BatchNorm extends AbstractBlock implements OnnxBlock {
  /** DJL's momentum weighs the old value: PyTorch's 0.1. */
  private static final float MOMENTUM = 0.9f;

  private static final float EPSILON = 1e-5f;

  /** Makes the engine normalise over axis 1 at once; any other axis costs two transpositions. */
  private static final int CHANNELS_SECOND = -1;

  private final boolean trained;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  public BatchNorm(BatchNormMode mode) {
    boolean affine = mode != BatchNormMode.FROZEN;
    this.trained = mode == BatchNormMode.TRAINED;
    this.weight = add("weight", Parameter.Type.GAMMA, affine);
    this.bias = add("bias", Parameter.Type.BETA, affine);
    this.runningMean = add("running_mean", Parameter.Type.RUNNING_MEAN, false);
    this.runningVariance = add("running_var", Parameter.Type.RUNNING_VAR, false);
  }

  private Parameter add(String name, Parameter.Type type, boolean learns) {
    return addParameter(
        Parameter.builder().setName(name).setType(type).optRequiresGrad(learns).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    Device device = input.getDevice();
    return input
        .getNDArrayInternal()
        .batchNorm(
            input,
            store.getValue(runningMean, device, training),
            store.getValue(runningVariance, device, training),
            store.getValue(weight, device, training),
            store.getValue(bias, device, training),
            CHANNELS_SECOND,
            MOMENTUM,
            EPSILON,
            training && trained);
  }

  /** Whether a pass normalises by statistics that do not depend on it. */
  boolean isFixed(boolean training) {
    return !(training && trained);
  }

  /** {@code weight / √(variance + 1e-5)}, in graph; to be closed by the caller. */
  NDArray scale(ParameterStore store, Device device, boolean training) {
    try (NDArray variance = store.getValue(runningVariance, device, training).add(EPSILON);
        NDArray deviation = variance.sqrt()) {
      return store.getValue(weight, device, training).div(deviation);
    }
  }

  /** {@code bias − mean · scale}, in graph; to be closed by the caller. */
  NDArray shift(NDArray scale, ParameterStore store, Device device, boolean training) {
    try (NDArray product = store.getValue(runningMean, device, training).mul(scale)) {
      return store.getValue(bias, device, training).sub(product);
    }
  }

  /** Fixed, as in evaluation. */
  @Override
  public OnnxValue export(OnnxGraph graph, OnnxValue input) {
    return graph.node(
        "BatchNormalization",
        List.of(
            input,
            graph.parameter(weight),
            graph.parameter(bias),
            graph.parameter(runningMean),
            graph.parameter(runningVariance)),
        OnnxAttribute.of("epsilon", EPSILON));
  }

  /** {@code weight / √(variance + 1e-5)}, a number a channel. */
  double[] scale() {
    float[] weights = weight.getArray().toFloatArray();
    float[] variances = runningVariance.getArray().toFloatArray();
    double[] scale = new double[weights.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = weights[i] / Math.sqrt(variances[i] + (double) EPSILON);
    }
    return scale;
  }

  /** {@code bias − mean · scale}, a number a channel. */
  float[] shift() {
    double[] scale = scale();
    float[] shift = bias.getArray().toFloatArray();
    float[] means = runningMean.getArray().toFloatArray();
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) (shift[i] - means[i] * scale[i]);
    }
    return shift;
  }

  @Override
  protected void prepare(Shape[] inputs) {
    Shape channels = new Shape(inputs[0].get(1));
    getDirectParameters().values().forEach(parameter -> parameter.setShape(channels));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return inputs.clone();
  }
}
