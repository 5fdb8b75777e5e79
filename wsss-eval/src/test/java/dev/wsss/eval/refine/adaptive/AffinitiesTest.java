package dev.wsss.eval.refine.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AffinitiesTest {

  @Test
  void theExponentialIsAsExactAsItSays() {
    for (float x = 0; x < 40; x += 0.01f) {
      float[] power = {x + 3};
      Affinities.decay(power, new float[] {3}, 1);
      double off = x < 20 ? 5e-6 : 1e-3;
      // The difference that the method sees.
      assertThat(power[0] / Math.exp(3 - (double) (x + 3))).isCloseTo(1, within(off));
    }
  }

  @Test
  void farIsNextToNothingAndNoNaN() {
    float[] power = {1e20f, Float.MAX_VALUE};
    Affinities.decay(power, new float[] {0, 0}, 2);
    assertThat(power).containsOnly(power[0]);
    assertThat(power[0]).isBetween(0f, 1e-16f);
  }
}
