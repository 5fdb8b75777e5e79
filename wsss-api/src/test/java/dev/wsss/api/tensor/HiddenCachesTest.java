package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenCachesTest {

  @ParameterizedTest
  @CsvSource({
    "AuthenticAMD, 0, true",
    "AuthenticAMD, 32768, false",
    "GenuineIntel, 0, false", // there oneDNN takes usual sizes for an answer of zeros
    "'', 0, false"
  })
  void areHiddenWhereAnAmdProcessorAnswersWithZeros(
      String vendor, int firstCacheBytes, boolean hidden) {
    assertThat(HiddenCaches.areHidden(vendor, firstCacheBytes)).isEqualTo(hidden);
  }
}
