package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConstantsTest {

  @Test
  void factorsInAGraphOutliveGarbageCollection() throws InterruptedException {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(4));
      x.setRequiresGradient(true);
      List<ByteBuffer> reused = new ArrayList<>();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x;
        for (int i = 0; i < 20; i++) {
          y = Constants.mul(y, 1);
          try (NDArray one = Constants.of(manager, new float[] {1}, 1)) {
            y = y.mul(one);
          }
        }
        System.gc(); // would free what a closed Java array lends; then its memory is used again
        Thread.sleep(50);
        for (int i = 0; i < 2000; i++) {
          ByteBuffer seven = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
          reused.add(seven.putFloat(0, 7));
        }
        collector.backward(y.sum());
      }

      assertThat(reused).hasSize(2000);
      assertThat(x.getGradient().toFloatArray()).containsExactly(1, 1, 1, 1);
    }
  }
}
