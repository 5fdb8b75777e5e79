package dev.wsss.eval.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {

  @Test
  void readsWhatIsAllowed() {
    assertThat(DeviceChoice.parse("auto")).isEqualTo(DeviceChoice.AUTO);
    assertThat(DeviceChoice.parse("cpu")).isEqualTo(DeviceChoice.CPU);
    assertThat(DeviceChoice.parse("cuda:0")).isEqualTo(DeviceChoice.cuda(0));
    assertThat(DeviceChoice.parse("cuda:12")).isEqualTo(DeviceChoice.cuda(12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:7"})
  void isWrittenAsItIsRead(String text) {
    assertThat(DeviceChoice.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "gpu, cuda:0",
    "GPU, cuda:0",
    "cuda, cuda:0",
    "cuda:, cuda:0",
    "CUDA:1, cuda:1",
    "gpu:1, cuda:1",
    "gpu2, cuda:2",
    "cuda 3, cuda:3",
    "cuda:01, cuda:1",
    "0, cuda:0",
    "CPU, cpu",
    "cpu:0, cpu",
    "Auto, auto",
    "automatic, auto",
    "cudo:0, cuda:0",
  })
  void namesTheNearest(String text, String nearest) {
    assertThatThrownBy(() -> DeviceChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "device is '%s'; allowed are auto, cpu and cuda:N, such as cuda:0; did you mean '%s'?",
            text, nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mps", "cuda:-1", "cuda:1000", "tpu:0,1"})
  void orNone(String text) {
    assertThatThrownBy(() -> DeviceChoice.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "device is '" + text + "'; allowed are auto, cpu and cuda:N, such as cuda:0");
  }
}
