package dev.wsss.eval.refine.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void runsEveryPartOfEveryPhaseOnceAndInOrder(int lanes) {
    int phases = 300;
    AtomicIntegerArray runs = new AtomicIntegerArray(phases * 7);
    AtomicInteger early = new AtomicInteger();
    try (Team team = Team.open(lanes)) {
      for (int phase = 0; phase < phases; phase++) {
        int own = phase;
        team.run(
            (part, lane) -> {
              runs.incrementAndGet(own * 7 + part);
              for (int before = 0; own > 0 && before < 7 - (own - 1) % 3; before++) {
                if (runs.get((own - 1) * 7 + before) == 0) {
                  early.incrementAndGet();
                }
              }
            },
            7 - phase % 3);
      }
    }
    assertThat(early.get()).isZero();
    for (int phase = 0; phase < phases; phase++) {
      for (int part = 0; part < 7; part++) {
        assertThat(runs.get(phase * 7 + part)).isEqualTo(part < 7 - phase % 3 ? 1 : 0);
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
