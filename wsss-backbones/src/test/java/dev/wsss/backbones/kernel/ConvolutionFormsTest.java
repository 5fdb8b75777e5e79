package dev.wsss.backbones.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
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
              manager, random, new Shape(filters, shape.get(1), window.kernel(), window.kernel()));
      NDArray bias = noise(manager, random, new Shape(filters));
      NDArray factors =
          noise(manager, random, new Shape(shape.get(0), filters, shape.get(2), shape.get(3)));
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
