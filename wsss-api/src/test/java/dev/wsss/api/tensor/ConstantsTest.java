package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.testing.ReusedMemory;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ConstantsTest {

  @Test
  void factorsInAGraphOutliveGarbageCollection() {
    UnaryOperator<NDArray> byOne =
        y -> {
          try (NDArray one = Constants.of(y.getManager(), new float[] {1}, 1)) {
            return Constants.mul(y, 1).mul(one);
          }
        };

    assertThat(gradientAfterTwenty(byOne)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void theEnginesOwnFactorsDoNot() {
    // Once this fails the engine has mended it: Constants and the contracts' checks can go.
    assertThat(gradientAfterTwenty(y -> y.mul(1))).isNotEqualTo(new float[] {1, 1, 1, 1});
  }

  private static float[] gradientAfterTwenty(UnaryOperator<NDArray> factor) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(4));
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x;
        for (int i = 0; i < 20; i++) {
          y = factor.apply(y);
        }
        ReusedMemory.force();
        collector.backward(y.sum());
      }
      return x.getGradient().toFloatArray();
    }
  }
}
