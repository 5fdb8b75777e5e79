package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedOpTest {
  /** DJL's own switch, for the whole process. */
  private static final String OPTIMISER = "ai.djl.pytorch.graph_optimizer";

  private final @Nullable String before = System.getProperty(OPTIMISER);

  @AfterEach
  void restore() {
    set(before);
  }

  /** The engine rewrites functions from their second run on, unless it is told not to. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"true", "false"})
  void everyRunIsLikeTheFirstWhateverTheProcessHasSet(@Nullable String property) {
    set(property);
    ScriptedOp twice =
        ScriptedOp.differentiable(
            "twice", List.of("x"), "y = torch.mul(x, 2)\nreturn torch.add(y, torch.relu(x))");
    ScriptedOp rectified = ScriptedOp.differentiable("relu", List.of("x"), "return torch.relu_(x)");
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int run = 1; run <= 5; run++) {
        NDArray x = manager.create(new float[] {-1, 2});
        x.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray y = rectified.apply(twice.apply(x));
          assertThat(y.toFloatArray()).as("run " + run).containsExactly(0, 6);
          collector.backward(y.sum());
        }
        assertThat(x.getGradient().toFloatArray()).as("run " + run).containsExactly(0, 3);
      }
    }
    assertThat(System.getProperty(OPTIMISER)).isEqualTo(property);
  }

  @Test
  void listsOfArraysAreTakenAsLists() {
    ScriptedOp sum = ScriptedOp.update("sum", List.of("a", "b"), "return torch.add(a[1], b[0])");
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray one = manager.create(1f);
      NDArray two = manager.create(2f);
      two.setName("layer.weight");

      NDArray result = sum.applyToLists(List.of(new NDList(one, two), new NDList(one)));

      assertThat(result.getFloat()).isEqualTo(3);
      assertThat(two.getName()).isEqualTo("layer.weight");
    }
  }

  private static void set(@Nullable String value) {
    if (value == null) {
      System.clearProperty(OPTIMISER);
    } else {
      System.setProperty(OPTIMISER, value);
    }
  }
}
