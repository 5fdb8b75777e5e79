package dev.wsss.eval.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaVersionTest {

  @ParameterizedTest
  @CsvSource({
    "cu128, 12.8",
    "2.7.1-cu128-linux-x86_64, 12.8",
    "cu118, 11.8",
    "cu130, 13.0",
  })
  void aBuildsNameHoldsItsCuda(String name, String version) {
    assertThat(CudaVersion.ofFlavour(name)).get().hasToString(version);
  }

  @ParameterizedTest
  @CsvSource({"cpu", "2.7.1-20250812-cpu-linux-x86_64", "cpu-precxx11", "lib"})
  void orNone(String name) {
    assertThat(CudaVersion.ofFlavour(name)).isEmpty();
  }
}
