package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.Test;

class PairPoolTest {

  @Test
  void strideTwoTakesEachPairAndWhatIsLeft() {
    assertThat(pooled(2)).containsExactly(-1, -3, 9, -5);
  }

  @Test
  void strideOneKeepsTheSize() {
    assertThat(pooled(1)).containsExactly(-1, -2, -3, 9, 0, -5, 9, 0, -5);
  }

  @Test
  void otherStridesAreRefused() {
    assertThatThrownBy(() -> new PairPool(3)).hasMessage("stride is 3; allowed: 1, 2");
  }

  private static float[] pooled(int stride) {
    float[] values = {-1, -2, -3, -4, -5, -6, 9, 0, -5};
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.create(values, new Shape(1, 1, 3, 3));
      NDArray output =
          new PairPool(stride)
              .forward(new ParameterStore(manager, false), new NDList(input), false)
              .singletonOrThrow();
      assertThat(new PairPool(stride).getOutputShapes(new Shape[] {input.getShape()}))
          .containsExactly(output.getShape());
      return output.toFloatArray();
    }
  }
}
