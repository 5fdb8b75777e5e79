package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RateSchedule} promises. Extend it and give {@link #create}. */
public abstract class RateScheduleContract {

  /** A new schedule, the same each time. */
  protected abstract RateSchedule create();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 180, 60_000})
  final void everyStepHasAFiniteFactorOfAtLeastZero(int steps) {
    RateSchedule schedule = create();
    for (int step = 1; step <= steps; step++) {
      assertThat(schedule.factorAt(clock(step, steps)))
          .as("step %s of %s", step, steps)
          .isFinite()
          .isNotNegative();
    }
  }

  @Test
  final void theFirstStepLearns() {
    assertThat(create().factorAt(clock(1, 100))).isPositive();
  }

  @Test
  final void theClockAloneDecidesSoThatAResumedRunGoesOnAlike() {
    RateSchedule unbroken = create();
    double[] factors = new double[100];
    for (int step = 1; step <= 100; step++) {
      factors[step - 1] = unbroken.factorAt(clock(step, 100));
    }
    RateSchedule resumed = create();
    for (int step = 60; step <= 100; step++) {
      assertThat(resumed.factorAt(clock(step, 100))).isEqualTo(factors[step - 1]);
    }
    assertThat(unbroken.factorAt(clock(7, 100))).isEqualTo(factors[6]);
  }

  /** Of a run of ten epochs, or as many as it has steps. */
  private static TrainingClock clock(int step, int steps) {
    int epochs = Math.min(10, steps);
    return new TrainingClock((int) (1 + (step - 1L) * epochs / steps), epochs, step, steps);
  }
}
