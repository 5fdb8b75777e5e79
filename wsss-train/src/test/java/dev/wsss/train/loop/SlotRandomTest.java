package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SlotRandomTest {

  @Test
  void sameSeedSlotAndStepGiveTheSameNumbers() {
    assertThat(SlotRandom.of(1, "rcm", 7).nextLong())
        .isEqualTo(SlotRandom.of(1, "rcm", 7).nextLong());
  }

  /** A stream that is another's, shifted, shares its numbers. Aa and BB have one hash code. */
  @Test
  void neighboursShareNoNumber() {
    Set<Long> drawn = new HashSet<>();
    int draws = 0;
    for (long seed = -1; seed <= 2; seed++) {
      for (String slot : List.of("rcm", "rcn", "mam", "Aa", "BB")) {
        for (long step = 1; step <= 2000; step++) {
          RandomGenerator random = SlotRandom.of(seed, slot, step);
          for (int i = 0; i < 4; i++, draws++) {
            drawn.add(random.nextLong());
          }
        }
      }
    }

    assertThat(drawn).hasSize(draws);
  }

  /** Of 8,000 first bits of neighbouring steps about half are set. */
  @Test
  void everyBitOfNeighbouringStepsIsFair() {
    int[] set = new int[64];
    int steps = 8000;
    for (long step = 1; step <= steps; step++) {
      long first = SlotRandom.of(1, "rcm", step).nextLong();
      for (int bit = 0; bit < 64; bit++) {
        set[bit] += (int) (first >>> bit & 1);
      }
    }
    for (int bit = 0; bit < 64; bit++) {
      assertThat(set[bit]).as("bit %s", bit).isBetween(steps / 2 - 240, steps / 2 + 240);
    }
  }
}
