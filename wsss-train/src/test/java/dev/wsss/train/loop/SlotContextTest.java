package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.training.TrainingClock;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotContextTest {
  private static final IndexMask MASK = new IndexMask(1, 1, new byte[1]);

  @Test
  void showsTheLastStepOfAnEpochAndAsksForNoOther() {
    LossLedger third = ledger(3);
    LossLedger fourth = ledger(4);

    context(3, third)
        .show(
            "labels",
            () -> {
              throw new AssertionError("nobody looks");
            });
    context(4, fourth).show("labels", () -> List.of(MASK, MASK));

    assertThat(third.shown()).isEmpty();
    assertThat(fourth.shown()).isEqualTo(Map.of("mine/labels", List.of(MASK, MASK)));
  }

  @Test
  void wantsAMaskForEachImage() {
    assertThatThrownBy(() -> context(4, ledger(4)).show("labels", () -> List.of(MASK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'mine/labels' shows 1 masks of a batch of 2 images; allowed is one for each");
  }

  private static LossLedger ledger(long step) {
    List<Example> examples =
        List.of(new Example("a", new BitSet()), new Example("b", new BitSet()));
    return new LossLedger(1, List.of(), new StepErrors(clock(step), examples, Map.of()));
  }

  private static SlotContext context(long step, LossLedger losses) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return new SlotContext("mine", clock(step), new SplittableRandom(1), manager, losses);
    }
  }

  private static TrainingClock clock(long step) {
    return new TrainingClock(1, 2, step, 8);
  }
}
