package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {
  private static final TrainingClock CLOCK = new TrainingClock(2, 4, 7, 20);

  /** The engine's own error: no machine has 128 TiB. */
  private static StepResult tooLarge() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.zeros(new Shape(1L << 45));
    }
    throw new AssertionError("there was memory");
  }

  @Test
  void theErrorSaysWhereWhatAndWhichSettingsHelp() {
    assertThatThrownBy(() -> OutOfMemory.named(CLOCK, OutOfMemoryTest::tooLarge))
        .isInstanceOf(TrainingException.class)
        .message()
        .matches(
            "epoch 2, step 7 of 20: there is not enough memory for this step: .*can't allocate"
                + " memory.* 140737488355328 bytes.*; what helps: micro-batch 1, which holds one"
                + " image at a time and changes no result unless batch norm is trained; a smaller"
                + " crop, whose square memory follows; or the backbone's output-stride 16 in place"
                + " of 8; the checkpoint of epoch 1 is kept");
  }

  @Test
  void soItIsWhereAModuleAskedForTheMemory() {
    StepErrors errors = new StepErrors(CLOCK, List.of(), Map.of());

    assertThatThrownBy(
            () ->
                OutOfMemory.named(
                    CLOCK, () -> errors.named("rcm", this, "derive", OutOfMemoryTest::tooLarge)))
        .hasMessageStartingWith(
            "epoch 2, step 7 of 20: there is not enough memory for this step: ");
  }

  @Test
  void otherErrorsStayWhatTheyAre() {
    IllegalStateException other = new IllegalStateException("something else");

    assertThatThrownBy(
            () ->
                OutOfMemory.named(
                    CLOCK,
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
    assertThat(other).hasNoCause();
  }
}
