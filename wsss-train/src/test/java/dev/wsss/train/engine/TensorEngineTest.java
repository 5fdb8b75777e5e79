package dev.wsss.train.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.device.DeviceException;
import org.junit.jupiter.api.Test;

/** On a machine whose tensor library is built for CPUs, as those of the tests are. */
class TensorEngineTest {
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
  void theNativesOfTheTestsAreForCpus() {
    assertThat(TorchCuda.here(Engine.getEngine("PyTorch")).whyNone())
        .matches("the tensor library here, PyTorch 2\\.\\d+\\.\\d+, is built for CPUs only");
  }
}
