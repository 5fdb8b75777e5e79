package dev.wsss.eval.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenDeviceTest {
  private static final Cuda NONE = Cuda.none("there is no NVIDIA driver");
  private static final Cuda ONE = Cuda.of(List.of("NVIDIA A10"));
  private static final Cuda TWO = Cuda.of(List.of("NVIDIA A10", "NVIDIA T4"));

  @Test
  void autoTakesTheFirstGpu() {
    ChosenDevice chosen = ChosenDevice.of(DeviceChoice.AUTO, () -> TWO);

    assertThat(chosen.gpu()).hasValue(0);
    assertThat(chosen.name()).isEqualTo("cuda:0");
    assertThat(chosen.line()).isEqualTo("device: cuda:0 (NVIDIA A10)");
  }

  @Test
  void autoSaysWhyItTakesTheCpu() {
    ChosenDevice chosen = ChosenDevice.of(DeviceChoice.AUTO, () -> NONE);

    assertThat(chosen.gpu()).isEmpty();
    assertThat(chosen.name()).isEqualTo("cpu");
    assertThat(chosen.line()).isEqualTo("device: cpu; no CUDA: there is no NVIDIA driver");
  }

  @Test
  void theCpuIsTakenWithoutLookingForAnythingElse() {
    ChosenDevice chosen =
        ChosenDevice.of(
            DeviceChoice.CPU,
            () -> {
              throw new AssertionError("looked for CUDA");
            });

    assertThat(chosen.name()).isEqualTo("cpu");
    assertThat(chosen.line()).isEqualTo("device: cpu, as asked for");
  }

  @Test
  void aGpuThatIsAskedForIsTaken() {
    assertThat(ChosenDevice.of(DeviceChoice.cuda(1), () -> TWO).line())
        .isEqualTo("device: cuda:1 (NVIDIA T4)");
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> ChosenDevice.of(DeviceChoice.cuda(1), () -> ONE))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:1 is not there; there is cuda:0 (NVIDIA A10) and cpu; take cuda:0");
    assertThatThrownBy(() -> ChosenDevice.of(DeviceChoice.cuda(7), () -> TWO))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:7 is not there; there are cuda:0 (NVIDIA A10), cuda:1 (NVIDIA T4) and"
                + " cpu; take cuda:1");
    assertThatThrownBy(() -> ChosenDevice.of(DeviceChoice.cuda(0), () -> NONE))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:0 is not there: there is no NVIDIA driver; there is cpu; take cpu or"
                + " auto");
  }

  @Test
  void aGpuThatFailsItsTrialIsNotTaken() {
    ChosenDevice chosen =
        ChosenDevice.of(
            DeviceChoice.AUTO, () -> ONE, gpu -> Optional.of("no kernel image is available"));

    assertThat(chosen.line())
        .isEqualTo("device: cpu; no CUDA: cuda:0 fails: no kernel image is available");
    assertThatThrownBy(
            () ->
                ChosenDevice.of(
                    DeviceChoice.cuda(0), () -> ONE, gpu -> Optional.of("out of memory")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:0 is not there: cuda:0 fails: out of memory; there is cpu; take cpu or"
                + " auto");
  }

  @Test
  void aGpuThatPassesIsTaken() {
    assertThat(ChosenDevice.of(DeviceChoice.AUTO, () -> ONE, gpu -> Optional.empty()).line())
        .isEqualTo("device: cuda:0 (NVIDIA A10)");
  }

  @Test
  void theCpuNeedsNoTrial() {
    assertThat(
            ChosenDevice.of(
                    DeviceChoice.AUTO,
                    () -> NONE,
                    gpu -> {
                      throw new AssertionError("tried a GPU that is not there");
                    })
                .name())
        .isEqualTo("cpu");
  }

  @Test
  void thereAreGpusOrAReason() {
    assertThatThrownBy(() -> new Cuda(List.of(), "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cuda(List.of("NVIDIA T4"), "none"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
