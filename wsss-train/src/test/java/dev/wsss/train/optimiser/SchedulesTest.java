package dev.wsss.train.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.training.TrainingClock;
import org.junit.jupiter.api.Test;

class SchedulesTest {

  @Test
  void polyStartsAtTheRateAndFallsWithThePower() {
    RateSchedule poly = new PolySchedule(new PolyConfig(0.9));
    assertThat(factor(poly, 1)).isEqualTo(1);
    assertThat(factor(poly, 51)).isCloseTo(Math.pow(0.5, 0.9), within(1e-12));
    assertThat(factor(poly, 100)).isCloseTo(Math.pow(0.01, 0.9), within(1e-12));
  }

  @Test
  void cosineIsHalfWayInTheMiddle() {
    assertThat(factor(new CosineSchedule(), 1)).isEqualTo(1);
    assertThat(factor(new CosineSchedule(), 51)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void constantStays() {
    assertThat(factor(new ConstantSchedule(), 100)).isEqualTo(1);
  }

  private static double factor(RateSchedule schedule, long step) {
    return schedule.factorAt(new TrainingClock(1, 1, step, 100));
  }
}
