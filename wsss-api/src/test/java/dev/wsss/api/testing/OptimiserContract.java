package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Optimiser} promises. Extend it and give {@link #create}. */
public abstract class OptimiserContract {
  private static final double RATE = 0.05;
  private NDManager manager;

  /** A new optimiser of these parameters, the same each time. */
  protected abstract Optimiser create(LearningParameters parameters);

  @BeforeEach
  final void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  final void close() {
    manager.close();
  }

  @Test
  final void aStepMovesAgainstTheGradient() {
    FakeLearning learning = new FakeLearning(manager, 0);
    Map<String, List<Float>> before = learning.values();
    Map<String, List<Float>> after = learning.step(create(learning), RATE, 1, 0);

    for (String name : List.of("backbone.a.weight", "backbone.b.weight", "backbone.a.bias")) {
      for (int i = 0; i < before.get(name).size(); i++) {
        float old = before.get(name).get(i);
        float moved = after.get(name).get(i) - old;
        assertThat(moved * old).as("%s[%s] moves towards 0, its minimum", name, i).isNegative();
      }
    }
  }

  @Test
  final void aRateOfZeroMovesNothing() {
    FakeLearning learning = new FakeLearning(manager, 0.1);
    Optimiser optimiser = create(learning);
    Map<String, List<Float>> before = learning.values();

    assertThat(learning.step(optimiser, 0, 1, 0)).isEqualTo(before);
  }

  @Test
  final void theFactorOfAGroupCounts() {
    FakeLearning learning = new FakeLearning(manager, 0);
    Map<String, List<Float>> before = learning.values();
    Map<String, List<Float>> after = learning.step(create(learning), RATE, 1, 0);

    assertThat(after.get("head.weight")).as("factor 0").isEqualTo(before.get("head.weight"));
    assertThat(after.get("backbone.a.bias"))
        .as("factor 2")
        .isNotEqualTo(after.get("backbone.a.weight"));
  }

  @Test
  final void weightDecayCountsInItsGroups() {
    FakeLearning without = new FakeLearning(manager, 0);
    FakeLearning with = new FakeLearning(manager, 0.5);
    Map<String, List<Float>> plain = without.step(create(without), RATE, 1, 9);
    Map<String, List<Float>> decayed = with.step(create(with), RATE, 1, 9);

    assertThat(decayed.get("backbone.a.weight")).isNotEqualTo(plain.get("backbone.a.weight"));
    assertThat(decayed.get("backbone.a.bias")).isEqualTo(plain.get("backbone.a.bias"));
  }

  @Test
  final void manyStepsReachTheMinimum() {
    FakeLearning learning = new FakeLearning(manager, 0);
    Optimiser optimiser = create(learning);
    for (int step = 1; step <= 300; step++) {
      learning.step(optimiser, RATE * (1 - step / 301.0), step, 1);
    }

    for (float value : learning.values().get("backbone.a.weight")) {
      assertThat(value).isBetween(0.8f, 1.2f);
    }
  }

  @Test
  final void aZeroGradientGivesFiniteValues() {
    FakeLearning learning = new FakeLearning(manager, 0);
    Optimiser optimiser = create(learning);
    learning.parameters().all().forEach(p -> p.value().set(new float[] {1, 1, 1}));

    learning
        .step(optimiser, RATE, 1, 1)
        .forEach((name, values) -> assertThat(values).as(name).allMatch(Float::isFinite));
  }

  @Test
  final void theStateIsAllThatAResumedRunNeeds() {
    FakeLearning unbroken = new FakeLearning(manager, 0.1);
    Optimiser first = create(unbroken);
    unbroken.step(first, RATE, 1, 0);
    unbroken.step(first, RATE, 2, 5);

    FakeLearning resumed = new FakeLearning(manager, 0.1);
    Optimiser second = create(resumed);
    assertThat(second.state().keySet()).isEqualTo(first.state().keySet());
    second.state().forEach((name, array) -> first.state().get(name).copyTo(array));
    var saved = unbroken.values();
    resumed.parameters().all().forEach(p -> p.value().set(floats(saved.get(p.name()))));

    assertThat(resumed.step(second, RATE, 3, 2)).isEqualTo(unbroken.step(first, RATE, 3, 2));
  }

  @Test
  final void theStateIsThereFromTheStartAndStaysTheSameArrays() {
    FakeLearning learning = new FakeLearning(manager, 0);
    Optimiser optimiser = create(learning);
    Map<String, NDArray> before = Map.copyOf(optimiser.state());
    learning.step(optimiser, RATE, 1, 0);

    assertThat(optimiser.state().keySet()).isEqualTo(before.keySet());
    before.forEach(
        (name, array) -> {
          assertThat(optimiser.state().get(name) == array)
              .as("%s is the same array", name)
              .isTrue();
          assertThat(array.isReleased()).as("%s is closed", name).isFalse();
        });
  }

  @Test
  final void noArrayOutlivesItsStep() {
    FakeLearning learning = new FakeLearning(manager, 0.1);
    Optimiser optimiser = create(learning);
    learning.step(optimiser, RATE, 1, 0);
    int arrays = manager.getManagedArrays().size();
    learning.step(optimiser, RATE, 2, 0);

    assertThat(manager.getManagedArrays()).hasSize(arrays);
  }

  private Optimiser create(FakeLearning learning) {
    return create(learning.parameters());
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
