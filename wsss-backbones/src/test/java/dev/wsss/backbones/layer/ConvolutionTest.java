package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.ParameterNames;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aDilatedKernelReadsEverySecondPixelAndKeepsTheSize() {
    // Weights 1…9 on a picture with a single one in the middle: the mirrored kernel, spread out.
    float[] picture = new float[25];
    picture[12] = 1;

    NDArray output =
        apply(
            Convolution.square(3, 1, 1, 2),
            manager.create(picture, new Shape(1, 1, 5, 5)),
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9);

    assertThat(output.toFloatArray())
        .containsExactly(
            9, 0, 8, 0, 7, //
            0, 0, 0, 0, 0, //
            6, 0, 5, 0, 4, //
            0, 0, 0, 0, 0, //
            3, 0, 2, 0, 1);
  }

  /** As in segmentation heads, whose dilation may be larger than the grid. */
  @ParameterizedTest
  @CsvSource({"5,7,4", "5,7,12", "13,20,12", "9,24,24"})
  void aWideKernelWithABiasIsTheSumItStandsFor(int height, int width, int dilation) {
    Random random = new Random(3);
    float[] picture = noise(random, 2 * height * width);
    float[] weights = noise(random, 3 * 2 * 9);
    float[] biases = noise(random, 3);
    Convolution convolution = Convolution.square(3, 3, 1, dilation).biased();

    NDArray output =
        apply(
            convolution,
            manager.create(picture, new Shape(1, 2, height, width)),
            Map.of("weight", weights, "bias", biases));

    float[] expected = new float[3 * height * width];
    for (int filter = 0; filter < 3; filter++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sum = biases[filter];
          for (int channel = 0; channel < 2; channel++) {
            for (int tap = 0; tap < 9; tap++) {
              int row = y + (tap / 3 - 1) * dilation;
              int column = x + (tap % 3 - 1) * dilation;
              if (row >= 0 && row < height && column >= 0 && column < width) {
                sum +=
                    (double) weights[(filter * 2 + channel) * 9 + tap]
                        * picture[(channel * height + row) * width + column];
              }
            }
          }
          expected[(filter * height + y) * width + x] = (float) sum;
        }
      }
    }
    assertThat(output.toFloatArray()).containsExactly(expected, within(1e-4f));
  }

  private static float[] noise(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void strideTwoStartsAtTheFirstPixelAndRoundsUp() {
    NDArray output =
        apply(Convolution.square(1, 1, 2, 1), manager.arange(15f).reshape(1, 1, 3, 5), 1);

    assertThat(output.getShape()).isEqualTo(new Shape(1, 1, 2, 3));
    assertThat(output.toFloatArray()).containsExactly(0, 2, 4, 10, 12, 14);
  }

  @Test
  void aDepthwiseKernelSeesItsOwnChannelOnly() {
    float[] kernels = new float[18];
    kernels[4] = 2; // the middle of the first channel's
    kernels[9 + 4] = 3;

    NDArray output =
        apply(
            Convolution.depthwise(2, 1, 1),
            manager.create(new float[] {1, 2, 10, 20}, new Shape(1, 2, 1, 2)),
            kernels);

    assertThat(output.toFloatArray()).containsExactly(2, 4, 30, 60);
  }

  @Test
  void anEvenKernelHasNoMiddle() {
    assertThatThrownBy(() -> Convolution.square(2, 1, 1, 1))
        .hasMessage("kernel must be odd, not 2");
  }

  private NDArray apply(Convolution convolution, NDArray input, float... weights) {
    return apply(convolution, input, Map.of("weight", weights));
  }

  private NDArray apply(Convolution convolution, NDArray input, Map<String, float[]> values) {
    convolution.initialize(manager, DataType.FLOAT32, input.getShape());
    ParameterNames.of(convolution)
        .forEach((name, parameter) -> parameter.getArray().set(values.get(name)));
    NDArray output =
        convolution
            .forward(new ParameterStore(manager, false), new NDList(input), false)
            .singletonOrThrow();
    assertThat(convolution.getOutputShapes(new Shape[] {input.getShape()}))
        .containsExactly(output.getShape());
    return output;
  }
}
