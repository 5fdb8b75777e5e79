package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.wsss.api.network.ParameterNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    convolution.initialize(manager, DataType.FLOAT32, input.getShape());
    ParameterNames.of(convolution).get("weight").getArray().set(weights);
    NDArray output =
        convolution
            .forward(new ParameterStore(manager, false), new NDList(input), false)
            .singletonOrThrow();
    assertThat(convolution.getOutputShapes(new Shape[] {input.getShape()}))
        .containsExactly(output.getShape());
    return output;
  }
}
