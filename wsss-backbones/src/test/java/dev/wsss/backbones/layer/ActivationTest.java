package dev.wsss.backbones.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
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
  @ValueSource(booleans = {true, false})
  void relu6KeepsWhatIsBetweenItsLimits(boolean training) {
    NDArray input = manager.create(new float[] {-7, -0.5f, 0, 0.1f, 5.9f, 6, 6.5f, 100});

    assertThat(forward(new Relu6(), input, training).toFloatArray())
        .containsExactly(0, 0, 0, 0.1f, 5.9f, 6, 6, 6);
  }

  @Test
  void relu6LetsTheGradientThroughBetweenItsLimits() {
    NDArray input = manager.create(new float[] {-7, 0.1f, 5.9f, 6.5f});

    assertThat(gradient(new Relu6(), input)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void reluKeepsWhatIsPositiveAndItsGradient() {
    NDArray input = manager.create(new float[] {-7, 0, 0.1f, 9});

    assertThat(forward(new Relu(), input, true).toFloatArray()).containsExactly(0, 0, 0.1f, 9);
    assertThat(gradient(new Relu(), input)).containsExactly(0, 0, 1, 1);
  }

  private float[] gradient(Block block, NDArray input) {
    input.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(forward(block, input, true).sum());
    }
    return input.getGradient().toFloatArray();
  }

  private NDArray forward(Block block, NDArray input, boolean training) {
    block.initialize(manager, input.getDataType(), input.getShape());
    return block
        .forward(new ParameterStore(manager, false), new NDList(input), training)
        .singletonOrThrow();
  }
}
