package dev.wsss.eval.refine.crf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PixelBlockTest {

  @Test
  void theExponentialIsAsExactAsItSays() {
    for (double x = 0; x < 200; x += 0.013) {
      float[] power = {(float) x / 64};
      PixelBlock.exponential(power, 1);
      double off = x <= 8 ? 7e-6 : x <= 25 ? 1e-3 : 0.5;
      if (x < 80) {
        assertThat(power[0] / Math.exp(64 * (double) ((float) x / 64))).isCloseTo(1, within(off));
      } else {
        assertThat(power[0]).isGreaterThan(1e30f);
      }
    }
  }

  @Test
  void farMessagesGiveProbabilitiesAndNoNaN() {
    PixelBlock block = new PixelBlock();
    float[] lines = block.open(3, 1);
    lines[0] = 5000;
    lines[PixelBlock.PIXELS] = 2;
    float[] factors = {1e-5f, 1, 1};
    block.complete(new float[] {5002}, 0);
    block.weigh(factors, 1, 0);
    float[] result = new float[3];
    block.write(result, 1, 0);
    assertThat(result[0]).isCloseTo(1, within(1e-6f));
    assertThat(result[1]).isBetween(0f, 1e-6f);
    assertThat(result[2]).isBetween(0f, 1e-6f);
  }
}
