package dev.wsss.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void theVendorStandsInTheListOfProcessors() {
    assertThat(HiddenCaches.vendor("processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 26\n"))
        .isEqualTo("AuthenticAMD");
    assertThat(HiddenCaches.vendor("processor\t: 0\nBogoMIPS\t: 243.75\n")).isEmpty();
  }
}
