package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.OptimiserConfig.Schedule;
import org.junit.jupiter.api.Test;

class RateScheduleTest {

  @Test
  void polyStartsAtTheRateAndFallsWithThePower() {
    assertThat(rate(Schedule.POLY, 0, 1)).isEqualTo(0.1);
    assertThat(rate(Schedule.POLY, 0, 51)).isCloseTo(0.1 * Math.pow(0.5, 0.9), within(1e-12));
    assertThat(rate(Schedule.POLY, 0, 100)).isCloseTo(0.1 * Math.pow(0.01, 0.9), within(1e-12));
  }

  @Test
  void cosineIsHalfWayInTheMiddle() {
    assertThat(rate(Schedule.COSINE, 0, 1)).isEqualTo(0.1);
    assertThat(rate(Schedule.COSINE, 0, 51)).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void constantStays() {
    assertThat(rate(Schedule.CONSTANT, 0, 100)).isEqualTo(0.1);
  }

  @Test
  void warmUpRisesLinearlyAndNeverIsZero() {
    assertThat(rate(Schedule.CONSTANT, 4, 1)).isCloseTo(0.025, within(1e-12));
    assertThat(rate(Schedule.CONSTANT, 4, 3)).isCloseTo(0.075, within(1e-12));
    assertThat(rate(Schedule.CONSTANT, 4, 5)).isEqualTo(0.1);
  }

  private static double rate(Schedule schedule, int warmUp, long step) {
    OptimiserConfig config =
        new OptimiserConfig(0.1, 0.9, 0, 2, false, 1, schedule, 0.9, warmUp, 0);
    return new RateSchedule(config).at(new TrainingClock(1, 1, step, 100));
  }
}
