package dev.wsss.eval.refine.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  /** So many that a thread takes several at once. */
  private static final int PARTS = 40;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void runsEveryPartOfEveryPhaseOnceAndInOrder(int lanes) {
    int phases = 300;
    AtomicIntegerArray runs = new AtomicIntegerArray(phases * PARTS);
    AtomicInteger early = new AtomicInteger();
    try (Team team = Team.open(lanes)) {
      for (int phase = 0; phase < phases; phase++) {
        int own = phase;
        team.run(
            (part, lane) -> {
              runs.incrementAndGet(own * PARTS + part);
              for (int before = 0; own > 0 && before < PARTS - (own - 1) % 3; before++) {
                if (runs.get((own - 1) * PARTS + before) == 0) {
                  early.incrementAndGet();
                }
              }
            },
            PARTS - phase % 3);
      }
    }
    assertThat(early.get()).isZero();
    for (int phase = 0; phase < phases; phase++) {
      for (int part = 0; part < PARTS; part++) {
        assertThat(runs.get(phase * PARTS + part)).isEqualTo(part < PARTS - phase % 3 ? 1 : 0);
      }
    }
  }

  @Test
  void handsOnWhatAPartThrows() {
    try (Team team = Team.open(3)) {
      assertThatThrownBy(
              () ->
                  team.run(
                      (part, lane) -> {
                        if (part == 4) {
                          throw new IllegalStateException("part 4");
                        }
                      },
                      9))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part 4");
    }
  }
}
