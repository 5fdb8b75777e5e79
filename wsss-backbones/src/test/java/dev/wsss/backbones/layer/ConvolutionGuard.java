package dev.wsss.backbones.layer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A program that compares outputs and gradients of convolutions, through the layers of this jar,
 * with their definitions. It prints each shape before it runs it, so that whoever started it knows
 * at which one the tensor library ended the process; the last line is {@link #DONE}.
 */
final class ConvolutionGuard {
  static final String DONE = "every shape is as it should be";
  private static final double TOLERANCE = 2e-5;

  private ConvolutionGuard() {}

  /** Ends with status 1 at the first shape whose values are wrong. */
  public static void main(String[] arguments) {
    for (ConvolutionCase shape : ConvolutionCase.grid()) {
      System.out.println(shape);
      String wrong = compare(shape);
      if (!wrong.isEmpty()) {
        System.out.println(wrong);
        System.exit(1);
      }
    }
    System.out.println(DONE);
  }

  /** What differs from the definition; empty where nothing does. */
  private static String compare(ConvolutionCase shape) {
    Random random = new Random(shape.hashCode());
    Shape inputShape = new Shape(shape.batch(), shape.channels(), shape.height(), shape.width());
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(shape);
      block.initialize(manager, DataType.FLOAT32, inputShape);
      Map<String, Parameter> parameters = ParameterNames.of(block);
      float[] x = noise(random, (int) inputShape.size());
      NDArray input = manager.create(x, inputShape);
      input.setRequiresGradient(true);
      NDArray weight = parameters.get("conv.weight").getArray();
      weight.set(weights(random, weight.getShape()));
      float[] norm =
          shape.isNormalised() ? norm(shape.filters(), random, parameters) : new float[0];
      ReferenceConvolution reference =
          new ReferenceConvolution(shape, x, weight.toFloatArray(), norm);
      double[] expected = reference.output();
      float[] factors = noise(random, expected.length);
      reference.settle(factors);

      float[] output;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray result =
            block
                .forward(new ParameterStore(manager, false), new NDList(input), true)
                .singletonOrThrow();
        output = result.toFloatArray();
        collector.backward(result.mul(manager.create(factors, result.getShape())).sum());
      }

      double[][] gradients = reference.gradients(factors);
      return difference("output", output, expected)
          + difference("gradient of the input", input.getGradient().toFloatArray(), gradients[0])
          + difference("gradient of the weight", weight.getGradient().toFloatArray(), gradients[1]);
    }
  }

  private static Block block(ConvolutionCase shape) {
    var window = shape.window();
    Convolution convolution =
        window.groups() == 1
            ? Convolution.square(
                window.kernel(), shape.filters(), window.stride(), window.dilation())
            : Convolution.depthwise(shape.channels(), window.stride(), window.dilation());
    Chain chain = new Chain(Kernels.TUNED);
    if (shape.channelsLast()) {
      chain.then("layout", new PreferredOrder(Kernels.TUNED));
    }
    chain.then("conv", convolution);
    if (shape.isNormalised()) {
      chain.then("norm", new BatchNorm(BatchNormMode.FIXED_STATISTICS)).then("relu6", new Relu6());
    }
    return chain;
  }

  /** Fills a batch norm: weight, bias, running mean and running variance. */
  private static float[] norm(int filters, Random random, Map<String, Parameter> parameters) {
    float[] all = new float[4 * filters];
    List<String> names = List.of("weight", "bias", "running_mean", "running_var");
    for (int i = 0; i < names.size(); i++) {
      float[] values = noise(random, filters);
      for (int k = 0; k < filters; k++) {
        float value = i == 1 || i == 2 ? values[k] : 0.5f + Math.abs(values[k]);
        values[k] = value;
        all[i * filters + k] = value;
      }
      parameters.get("norm." + names.get(i)).getArray().set(values);
    }
    return all;
  }

  /** Of a size at which outputs are about one, as the limits of the rectifier are. */
  private static float[] weights(Random random, Shape shape) {
    float[] weights = noise(random, (int) shape.size());
    float scale = (float) (1 / Math.sqrt((double) shape.size() / shape.get(0)));
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= scale;
    }
    return weights;
  }

  private static float[] noise(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static String difference(String what, float[] actual, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    return difference <= TOLERANCE * largest // false for NaN
        ? ""
        : "%s differs by %.2g of its largest value; ".formatted(what, difference / largest);
  }
}
