package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** PyTorch's interpolate(mode="bicubic", align_corners=False) of sin(i²), 4×3 cells of 2. */
  @ParameterizedTest
  @CsvSource({
    "7, 2, -0.156145 0.932102 -0.450982 -0.090097 -0.322368 0.169626 -0.29269 0.256965 -0.509075"
        + " -0.850916 -0.115239 0.643965 -0.292115 -1.088549 -0.326523 0.149183 -0.105189 -0.632675"
        + " -0.50206 -0.215005 -0.365784 0.052924 -0.236664 0.493276 -0.586003 0.537262 -0.014103"
        + " 1.075125",
    "2, 5, -0.602607 -0.089922 -0.270248 -0.129794 0.079783 -0.08074 -0.138985 0.293242 -0.392279"
        + " 0.587926 -0.443484 -0.13763 -0.191612 -0.118845 0.046134 -0.031457 -0.224758 0.214386"
        + " -0.496595 0.39632",
    "1, 4, -0.993075 -1.027183 0.734144 -1.21395 0.714136 -0.494182 -1.038682 0.61341"
  })
  void isPyTorchs(int height, int width, String expected) {
    NDArray x = cells();

    NDArray y = Bicubic.resize(x, height, width);

    assertThat(y.getShape()).isEqualTo(new Shape(height, width, 2));
    assertThat(y.toFloatArray())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(floats(expected));
    assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(x, y);
  }

  @Test
  void theSameSizeIsTheSameArray() {
    NDArray x = cells();

    assertThat(Bicubic.resize(x, 4, 3)).isSameAs(x);
  }

  @Test
  void theGradientIsTheAdjoint() {
    NDArray x = cells();
    x.setRequiresGradient(true);
    NDArray weights = manager.randomUniform(-1, 1, new Shape(7, 5, 2));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray sum = Bicubic.resize(x, 7, 5).mul(weights).sum();
      collector.backward(sum);

      // Linear: ⟨gradient, x⟩ is the value itself.
      assertThat(x.getGradient().mul(x).sum().getFloat()).isCloseTo(sum.getFloat(), within(1e-4f));
    }
  }

  private NDArray cells() {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin((double) i * i);
    }
    return manager.create(values, new Shape(4, 3, 2));
  }

  private static float[] floats(String text) {
    double[] values = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
