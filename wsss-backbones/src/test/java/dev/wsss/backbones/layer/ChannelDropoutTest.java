package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelDropoutTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Engine.getInstance().setRandomSeed(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aChannelOfAnImageIsZeroOrEnlargedAsAWhole() {
    NDArray x = manager.ones(new Shape(2, 500, 3, 4));

    NDArray y = forward(new ChannelDropout(0.75), x, true);

    float[] values = y.toFloatArray();
    int zero = 0;
    for (int channel = 0; channel < 1000; channel++) {
      float[] own = Arrays.copyOfRange(values, 12 * channel, 12 * channel + 12);
      assertThat(own[0]).isIn(0f, 4f);
      assertThat(own).containsOnly(own[0]);
      zero += own[0] == 0 ? 1 : 0;
    }
    assertThat(zero / 1000.0).isEqualTo(0.75, within(0.05));
    assertThat(y.get("0").toFloatArray()).isNotEqualTo(y.get("1").toFloatArray());
  }

  @Test
  void theGradientIsThatOfTheChannelsThatStay() {
    NDArray x = manager.randomUniform(1, 2, new Shape(2, 20, 2, 2));
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray y = forward(new ChannelDropout(0.5), x, true);
      collector.backward(y.sum());

      assertThat(x.getGradient().toFloatArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(y.div(x).toFloatArray());
    }
  }

  @Test
  void evaluationAndProbabilityZeroGiveTheInputItself() {
    NDArray x = manager.ones(new Shape(1, 5, 2, 2));

    assertThat(forward(new ChannelDropout(0.5), x, false)).isSameAs(x);
    assertThat(forward(new ChannelDropout(0), x, true)).isSameAs(x);
  }

  @Test
  void onlyTheOutputStaysInMemory() {
    NDArray x = manager.ones(new Shape(1, 5, 2, 2));

    NDArray y = forward(new ChannelDropout(0.5), x, true);

    assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(x, y);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void otherProbabilitiesAreRefused(double probability) {
    assertThatThrownBy(() -> new ChannelDropout(probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the probability must be from 0 to below 1, not " + probability);
  }

  private NDArray forward(ChannelDropout dropout, NDArray x, boolean training) {
    return dropout
        .forward(new ParameterStore(manager, false), new NDList(x), training)
        .singletonOrThrow();
  }
}
