package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.testing.ReusedMemory;
import org.junit.jupiter.api.Test;

final class ConstantsTest {

  @Test
  void factorsInAGraphOutliveGarbageCollection() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(4));
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x;
        for (int i = 0; i < 20; i++) {
          y = Constants.mul(y, 1);
          try (NDArray one = Constants.of(manager, new float[] {1}, 1)) {
            y = y.mul(one);
          }
        }
        ReusedMemory.force();
        collector.backward(y.sum());
      }

      assertThat(x.getGradient().toFloatArray()).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void theEnginesOwnFactorsDoNot() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(4));
      x.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x;
        for (int i = 0; i < 20; i++) {
          y = y.mul(1);
        }
        ReusedMemory.force();
        collector.backward(y.sum());
      }

      // Once this fails the engine has mended it: Constants and the contracts' checks can go.
      assertThat(x.getGradient().toFloatArray()).isNotEqualTo(new float[] {1, 1, 1, 1});
    }
  }
}
