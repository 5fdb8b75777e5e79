package dev.wsss.backbones.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.api.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of convolutions at sizes at which no network chooses them. */
class ConvolutionFormsTest {
  private static final float TOLERANCE = 1e-4f;

  /** One pass and its gradients. */
  private interface Pass {
    NDArray of(NDArray x, NDArray weight, NDArray bias);
  }

  @ParameterizedTest(name = "{0}×{1}×{3}×{4} to {2} channels, biased {5}")
  @CsvSource({"1, 7, 5, 1, 1, true", "2, 16, 33, 5, 3, false", "3, 20, 9, 4, 7, true"})
  void pointwiseProductsAreTheEnginesConvolution(
      int batch, int channels, int filters, int height, int width, boolean biased) {
    compare(
        new Window(1, 1, 1, 1),
        new Shape(batch, channels, height, width),
        filters,
        (x, w, b) -> PointwiseProduct.apply(x, w, biased ? b : null),
        biased);
  }

  @ParameterizedTest(name = "{0}×{1}×{3}×{4} to {2} channels, dilation {5}")
  @CsvSource({"1, 3, 5, 1, 1, 1", "2, 8, 4, 5, 8, 1", "3, 4, 6, 7, 10, 2", "1, 5, 3, 9, 6, 4"})
  void winogradsFormIsTheEnginesConvolution(
      int batch, int channels, int filters, int height, int width, int dilation) {
    compare(
        new Window(3, 1, dilation, 1),
        new Shape(batch, channels, height, width),
        filters,
        (x, w, b) -> Winograd.apply(dilation, x, w, b),
        true);
  }

  /** Each rounds factors and result to 8 bits. */
  @ParameterizedTest(name = "{0}×{1}×{4}×{5}, {3}×{3} to {2} channels, stride {6}, dilation {7}")
  @CsvSource({
    "2, 7, 5, 1, 6, 9, 1, 1",
    "3, 9, 6, 1, 7, 5, 2, 1",
    "1, 1030, 40, 1, 5, 3, 1, 1",
    "2, 3, 16, 3, 9, 7, 2, 1",
    "3, 40, 33, 3, 9, 6, 1, 4",
    "1, 516, 1032, 3, 6, 5, 1, 2"
  })
  void bfloat16IsTheSameToItsPrecision(
      int batch,
      int channels,
      int filters,
      int kernel,
      int height,
      int width,
      int stride,
      int dilation) {
    assumeTrue(CpuInfo.here().multipliesBfloat16(), "the processor does not multiply bfloat16");
    alikeInBfloat16(
        new Window(kernel, stride, dilation, 1),
        new Shape(batch, channels, height, width),
        filters);
  }

  @ParameterizedTest(name = "{0}×{1}×{2}×{3}, stride {4}, dilation {5}")
  @CsvSource({"2, 24, 9, 7, 1, 1", "3, 33, 9, 7, 2, 1", "2, 40, 11, 8, 1, 2"})
  void bfloat16IsTheSameToItsPrecisionOnEachChannel(
      int batch, int channels, int height, int width, int stride, int dilation) {
    assumeTrue(CpuInfo.here().multipliesBfloat16(), "the processor does not multiply bfloat16");
    alikeInBfloat16(
        new Window(3, stride, dilation, channels),
        new Shape(batch, channels, height, width),
        channels);
  }

  private static void alikeInBfloat16(Window window, Shape shape, int filters) {
    KernelSet tuned = KernelSet.of(Kernels.TUNED);
    List<float[]> exact =
        learn(window, shape, filters, (x, w, b) -> DirectConvolution.apply(window, x, w, b));
    List<float[]> mixed =
        learn(
            window,
            shape,
            filters,
            (x, w, b) ->
                Precision.float32(
                    Precision.BFLOAT16.during(
                        x.getDevice(), () -> tuned.convolve(window, x, w, b, true))));

    for (int i = 0; i < exact.size(); i++) {
      assertThat(distance(mixed.get(i), exact.get(i))).as("result %d", i).isLessThan(0.01);
    }
  }

  /** As a share of the second one's length. */
  private static double distance(float[] found, float[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - (double) expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / length);
  }

  private static void compare(Window window, Shape shape, int filters, Pass pass, boolean biased) {
    List<float[]> ours = learn(window, shape, filters, pass);
    List<float[]> engines =
        learn(
            window,
            shape,
            filters,
            (x, w, b) -> DirectConvolution.apply(window, x, w, biased ? b : null));

    for (int i = 0; i < engines.size(); i++) {
      assertThat(ours.get(i)).containsExactly(engines.get(i), Offset.offset(TOLERANCE));
    }
  }

  /** Output, and gradients of x, weight and, where it has one, of the bias. */
  private static List<float[]> learn(Window window, Shape shape, int filters, Pass pass) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Random random = new Random(5);
      NDArray x = noise(manager, random, shape);
      NDArray weight =
          noise(
              manager,
              random,
              new Shape(filters, shape.get(1) / window.groups(), window.kernel(), window.kernel()));
      NDArray bias = noise(manager, random, new Shape(filters));
      NDArray factors =
          noise(
              manager,
              random,
              new Shape(
                  shape.get(0),
                  filters,
                  (shape.get(2) - 1) / window.stride() + 1,
                  (shape.get(3) - 1) / window.stride() + 1));
      List<NDArray> learned = List.of(x, weight, bias);
      learned.forEach(array -> array.setRequiresGradient(true));
      List<float[]> results = new ArrayList<>();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = pass.of(x, weight, bias);
        assertThat(y.getShape()).isEqualTo(factors.getShape());
        results.add(y.toFloatArray());
        collector.backward(y.mul(factors).sum());
      }
      learned.forEach(array -> results.add(array.getGradient().toFloatArray()));
      return results;
    }
  }

  private static NDArray noise(NDManager manager, Random random, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}
