package dev.wsss.api.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrainingClockTest {

  @Test
  void everyEpochEndsOnce() {
    assertThat(
            LongStream.rangeClosed(1, 12)
                .filter(step -> new TrainingClock((int) (step + 3) / 4, 3, step, 12).endsEpoch()))
        .containsExactly(4L, 8L, 12L);
  }
}
