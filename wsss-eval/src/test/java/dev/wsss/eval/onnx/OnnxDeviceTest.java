package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.Cuda;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.device.DeviceException;
import dev.wsss.eval.predict.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the ONNX Runtime for CPUs, and drivers that are imitated. */
class OnnxDeviceTest {
  private static final Cuda ONE = Cuda.of(List.of("NVIDIA A10"));
  private static final String BUILT_FOR_CPUS =
      "the ONNX Runtime here, "
          + OrtEnvironment.getEnvironment().getVersion()
          + ", is built for CPUs only";

  @TempDir private Path temp;

  private Path model = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temp.resolve("model.onnx"), SmallModel.texts());
  }

  private static void assumeBuiltForCpus() {
    assumeThat(OrtEnvironment.getAvailableProviders())
        .as("with -Pcuda there are other reasons")
        .doesNotContain(OrtProvider.CUDA);
  }

  @Test
  void aLibraryForCpusIsNamedAndNoDriverAsked() {
    Cuda there =
        OnnxDevice.there(
            Set.of(OrtProvider.CPU),
            "1.28.0",
            () -> {
              throw new AssertionError("asked the driver");
            });

    assertThat(there.whyNone()).isEqualTo("the ONNX Runtime here, 1.28.0, is built for CPUs only");
  }

  @Test
  void aLibraryForGpusLeavesItToTheDriver() {
    Set<OrtProvider> both = Set.of(OrtProvider.CPU, OrtProvider.CUDA);

    assertThat(OnnxDevice.there(both, "1.28.0", () -> ONE)).isEqualTo(ONE);
    assertThat(OnnxDevice.there(both, "1.28.0", () -> Cuda.none("there is no GPU")).whyNone())
        .isEqualTo("there is no GPU");
  }

  @Test
  void autoSaysWhyItTakesTheCpu() {
    assumeBuiltForCpus();
    try (OnnxSession session = OnnxSession.open(model)) {
      assertThat(session.device().name()).isEqualTo("cpu");
      assertThat(session.device().line()).isEqualTo("device: cpu; no CUDA: " + BUILT_FOR_CPUS);
    }
  }

  @Test
  void theCpuIsTakenWhereItIsAskedFor() {
    try (OnnxSession session = OnnxSession.open(model, DeviceChoice.CPU)) {
      assertThat(session.device().line()).isEqualTo("device: cpu, as asked for");
    }
  }

  @Test
  void aGpuThatIsNotThereIsAnError() {
    assumeBuiltForCpus();
    assertThatThrownBy(() -> Predictor.open(model, DeviceChoice.cuda(1)))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "device cuda:1 is not there: " + BUILT_FOR_CPUS + "; there is cpu; take cpu or auto");
  }

  @Test
  void aWrongFileIsToldBeforeADeviceIsLookedFor() {
    Path missing = temp.resolve("missing.onnx");

    assertThatThrownBy(() -> OnnxSession.open(missing, DeviceChoice.cuda(0)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("there is no file " + missing);
  }

  @Test
  void whatFailsOnAGpuSaysSo() {
    assumeBuiltForCpus();
    ChosenDevice gpu = new ChosenDevice(OptionalInt.of(0), "device: cuda:0 (NVIDIA A10)");

    assertThatThrownBy(() -> OnnxSession.open(model, gpu))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(model + ": ONNX Runtime cannot open this model on cuda:0: ");
  }
}
