package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BilinearTest {
  private static final String SIZES =
      """
      4, 5, 9, 11
      12, 12, 192, 192
      70, 9, 80, 20
      66, 66, 66, 90
      8, 12, 4, 6
      9, 7, 4, 5
      16, 16, 4, 4
      3, 8, 9, 4
      8, 3, 4, 9
      1, 1, 5, 7
      1, 4, 6, 2
      5, 5, 1, 1
      """;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void resizingEqualsTheDefinition(int h, int w, int height, int width) {
    float[] x = random(2 * 3 * h * w, 1);

    NDArray resized = Bilinear.resize(array(x, 2, 3, h, w), height, width);

    assertThat(resized.getShape()).isEqualTo(new Shape(2, 3, height, width));
    assertClose(resized.toFloatArray(), resize(x, 6, h, w, height, width), 1e-5);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void gradientOfResizingIsItsAdjoint(int h, int w, int height, int width) {
    NDArray x = array(random(2 * 3 * h * w, 1), 2, 3, h, w);
    NDArray y = array(random(2 * 3 * height * width, 2), 2, 3, height, width);
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(Bilinear.resize(x, height, width).mul(y).sum());
    }

    float[] adjoint = Bilinear.adjoint(y, h, w).toFloatArray();

    assertClose(x.getGradient().toFloatArray(), adjoint, 1e-4);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void inverseNormEqualsThatOfTheResizedVectors(int h, int w, int height, int width) {
    NDArray x = array(random(2 * 5 * h * w, 3), 2, 5, h, w);

    NDArray inverse = Bilinear.inverseNorm(x, height, width);

    NDArray norm = Bilinear.resize(x, height, width).norm(new int[] {1}, true);
    assertThat(inverse.getShape()).isEqualTo(new Shape(2, 1, height, width));
    assertClose(
        inverse.mul(norm).toFloatArray(), manager.ones(norm.getShape()).toFloatArray(), 2e-5);
  }

  @ParameterizedTest
  @CsvSource(textBlock = SIZES)
  void gradientOfInverseNormEqualsThatOfTheResizedVectors(int h, int w, int height, int width) {
    float[] values = random(2 * 5 * h * w, 3);
    NDArray y = array(random(2 * height * width, 4), 2, 1, height, width);
    NDArray cheap = array(values, 2, 5, h, w);
    NDArray literal = array(values, 2, 5, h, w);
    cheap.setRequiresGradient(true);
    literal.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(Bilinear.inverseNorm(cheap, height, width).mul(y).sum());
      NDArray resized = Bilinear.resize(literal, height, width);
      NDArray norm = resized.mul(resized).sum(new int[] {1}, true).sqrt();
      collector.backward(y.div(norm).sum());
    }

    float[] expected = literal.getGradient().toFloatArray();
    assertClose(cheap.getGradient().toFloatArray(), expected, 1e-4);
  }

  @Test
  void twoCellsBecomeFourByHand() {
    NDArray x = array(new float[] {0, 4}, 1, 1, 1, 2);

    float[] wide = Bilinear.resize(x, 1, 4).toFloatArray();

    // Centres 0.125, 0.375, 0.625, 0.875 of the whole fall at cells −0.25, 0.25, 0.75, 1.25.
    assertThat(wide).containsExactly(0, 1, 3, 4);
  }

  @Test
  void theSameSizeGivesTheArrayItself() {
    NDArray x = array(random(6, 1), 1, 1, 2, 3);

    assertThat(Bilinear.resize(x, 2, 3)).isSameAs(x);
  }

  @Test
  void zeroVectorsHaveInverseNormZeroAndNoGradient() {
    NDArray x = manager.zeros(new Shape(1, 2, 2, 2));
    x.setRequiresGradient(true);
    NDArray inverse;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      inverse = Bilinear.inverseNorm(x, 4, 4);
      collector.backward(inverse.sum());
    }

    assertThat(inverse.toFloatArray()).containsOnly(0);
    assertThat(x.getGradient().toFloatArray()).containsOnly(0);
  }

  private NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private static float[] random(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The definition, pixel by pixel. */
  private static float[] resize(float[] x, int maps, int h, int w, int height, int width) {
    float[] out = new float[maps * height * width];
    for (int at = 0; at < out.length; at++) {
      double y = source(at / width % height, h, height);
      double z = source(at % width, w, width);
      int top = (int) y;
      int left = (int) z;
      int bottom = Math.min(top + 1, h - 1);
      int right = Math.min(left + 1, w - 1);
      int map = at / (width * height) * h * w;
      double v = y - top;
      double u = z - left;
      out[at] =
          (float)
              ((1 - v) * ((1 - u) * x[map + top * w + left] + u * x[map + top * w + right])
                  + v * ((1 - u) * x[map + bottom * w + left] + u * x[map + bottom * w + right]));
    }
    return out;
  }

  private static double source(int i, int in, int out) {
    return Math.min(Math.max((i + 0.5) * in / out - 0.5, 0), in - 1);
  }

  private static void assertClose(float[] actual, float[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("at %s", i)
          .isCloseTo(expected[i], within(relative * largest));
    }
  }
}
