package dev.wsss.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class InitialisationTest {

  @Test
  void aTruncatedNormalStaysWithinTwoDeviations() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray values = Initialisation.TRUNCATED_NORMAL.draw(manager, new Shape(100, 100), 3);

      assertThat(values.abs().max().getFloat()).isBetween(0.039f, 0.04f);
      assertThat(values.mean().getFloat()).isCloseTo(0, within(0.001f));
      // A standard normal within ±2 has the deviation 0.8796.
      assertThat(Math.sqrt(values.square().mean().getFloat()))
          .isCloseTo(0.02 * 0.8796, within(0.0003));
    }
  }
}
