package dev.wsss.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.Cuda;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.device.DeviceException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On a machine whose tensor library is built for CPUs, as those of the tests are. */
class TensorEngineTest {
  private static final Cuda ONE = Cuda.of(List.of("NVIDIA A10"));

  @Test
  void autoSaysWhyItTakesTheCpu() {
    ChosenDevice chosen = TensorEngine.choose(DeviceChoice.AUTO);

    assertThat(chosen.name()).isEqualTo("cpu");
    assertThat(chosen.line())
        .matches(
            "device: cpu; no CUDA: the tensor library here, PyTorch 2\\.[.\\d]+, is built for CPUs"
                + " only");
    try (NDManager manager = TensorEngine.managerOn(chosen);
        NDManager below = manager.newSubManager()) {
      assertThat(below.getDevice()).isEqualTo(Device.cpu());
    }
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> TensorEngine.choose(DeviceChoice.cuda(0)))
        .isInstanceOf(DeviceException.class)
        .hasMessageMatching(
            "device cuda:0 is not there: the tensor library here, PyTorch 2\\.[.\\d]+, is built"
                + " for CPUs only; there is cpu; take cpu or auto");
  }

  @Test
  void aGpuThatFailsItsTrialIsNotTaken() {
    ChosenDevice chosen =
        TensorEngine.choose(
            DeviceChoice.AUTO, () -> ONE, gpu -> Optional.of("no kernel image is available"));

    assertThat(chosen.line())
        .isEqualTo("device: cpu; no CUDA: cuda:0 fails: no kernel image is available");
    assertThatThrownBy(
            () ->
                TensorEngine.choose(
                    DeviceChoice.cuda(0), () -> ONE, gpu -> Optional.of("out of memory")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:0 is not there: cuda:0 fails: out of memory; there is cpu; take cpu or"
                + " auto");
  }

  @Test
  void aGpuThatPassesIsTaken() {
    assertThat(TensorEngine.choose(DeviceChoice.AUTO, () -> ONE, gpu -> Optional.empty()).line())
        .isEqualTo("device: cuda:0 (NVIDIA A10)");
  }
}
