package dev.wsss.api.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreMapTest {
  private final ScoreMap map =
      new ScoreMap(
          5, 1, new byte[] {0, 1, 1, (byte) 253, 0}, new float[] {0, 0.2f, 0.5f, 1, Float.NaN});

  @Test
  void aPixelGetsItsWinnerWhereItsScoreReachesTheThreshold() {
    assertThat(map.mask(0.5).indices()).containsExactly(0, 0, 2, 254, 0);
    assertThat(map.mask(1).indices()).containsExactly(0, 0, 0, 254, 0);
  }

  @Test
  void whereNoClassIsActiveIsBackgroundAtThresholdZeroToo() {
    assertThat(map.mask(0).indices()).containsExactly(0, 2, 2, 254, 0);
    assertThat(map.maskIndex(0, 0)).isZero();
    assertThat(map.maskIndex(3, 0)).isEqualTo(254);
  }
}
