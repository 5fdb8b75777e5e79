package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.BatchPart;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ClassificationLoss} promises. Extend it and give {@link #create}. */
public abstract class ClassificationLossContract {
  private static final int CLASSES = 4;
  private static final int[][] LABELS = {{0}, {0, 2}, {}, {1, 2, 3}, {3}};
  private static final List<Integer> WHOLE = List.of(0, 5);

  private NDManager manager;
  private Batch batch;

  /** A new loss. */
  protected abstract ClassificationLoss create(ClassNames classes);

  @BeforeEach
  final void open() {
    manager = NDManager.newBaseManager();
    batch = FakeBatch.of(manager, LABELS, CLASSES, 2, 2);
  }

  @AfterEach
  final void close() {
    manager.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // compared element by element
  private record Outcome(double loss, float[] gradient) {}

  @Test
  final void lossesOfPartsSumToTheLossOfTheBatch() {
    Outcome whole = learn(noise(), WHOLE, () -> {});
    for (List<Integer> cuts : List.of(List.of(0, 1, 2, 3, 4, 5), List.of(0, 2, 5))) {
      Outcome parts = learn(noise(), cuts, () -> {});

      assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-5 * Math.abs(whole.loss())));
      assertThat(parts.gradient()).containsExactly(whole.gradient(), within(1e-6f));
    }
  }

  @Test
  final void gradientsPointTowardsTheLabels() {
    float[] gradient = learn(manager.zeros(noise().getShape()), WHOLE, () -> {}).gradient();
    float[] labels = batch.labels().toFloatArray();

    float present = 0;
    float absent = 0;
    for (int i = 0; i < labels.length; i++) {
      assertThat(gradient[i]).isFinite();
      present += labels[i] * gradient[i];
      absent += (1 - labels[i]) * gradient[i];
    }
    assertThat(present).as("logits of present classes rise").isNegative();
    assertThat(absent).as("logits of absent classes fall").isPositive();
  }

  @Test
  final void rightLogitsCostLessThanWrongOnes() {
    NDArray right = batch.labels().mul(2).sub(1).mul(4);

    assertThat(learn(right, WHOLE, () -> {}).loss())
        .isLessThan(learn(right.neg(), WHOLE, () -> {}).loss());
  }

  @Test
  final void largeLogitsGiveFiniteNumbers() {
    for (float size : new float[] {100, -100, 1e4f, -1e4f}) {
      Outcome outcome = learn(manager.full(noise().getShape(), size), WHOLE, () -> {});

      assertThat(outcome.loss()).isFinite();
      for (float value : outcome.gradient()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  final void gradientsOutliveGarbageCollection() {
    float[] undisturbed = learn(noise(), WHOLE, () -> {}).gradient();

    assertThat(learn(noise(), WHOLE, ReusedMemory::force).gradient())
        .as("the graph keeps no memory of Java's; see dev.wsss.api.tensor.Constants")
        .containsExactly(undisturbed);
  }

  @Test
  final void labelsAndLogitsStayAsTheyWere() {
    NDArray logits = noise();
    float[] before = logits.toFloatArray();
    float[] labels = batch.labels().toFloatArray();
    learn(logits, WHOLE, () -> {});

    assertThat(logits.toFloatArray()).containsExactly(before);
    assertThat(batch.labels().toFloatArray()).containsExactly(labels);
  }

  private NDArray noise() {
    return Fixtures.noise(manager, new Shape(LABELS.length, CLASSES), 5);
  }

  private Outcome learn(NDArray values, List<Integer> cuts, Runnable beforeBackward) {
    ClassificationLoss loss = create(batch.classes());
    NDArray logits = values.duplicate();
    logits.setRequiresGradient(true);
    double sum = 0;
    for (int i = 1; i < cuts.size(); i++) {
      BatchPart part = new BatchPart(batch, cuts.get(i - 1), cuts.get(i));
      try (NDScope scope = new NDScope();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        scope.suppressNotUsedWarning();
        NDArray value = loss.loss(part.of(logits), part);
        assertThat(value.isScalar()).as("the loss is a scalar").isTrue();
        sum += value.getFloat();
        beforeBackward.run();
        collector.backward(value);
      }
    }
    float[] gradient = logits.getGradient().toFloatArray();
    return new Outcome(sum, Arrays.copyOf(gradient, gradient.length));
  }
}
