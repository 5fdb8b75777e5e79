package dev.wsss.eval.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.ptr.PointerByReference;
import dev.wsss.eval.device.DriverGpus.CudaBuild;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriverGpusTest {
  private static final Optional<CudaBuild> BUILD =
      Optional.of(new CudaBuild("the tensor library", new CudaVersion(12, 8)));

  /**
   * A driver.
   *
   * @param start what cuInit gives
   */
  private record FakeDriver(int version, int start, List<String> gpus) implements CudaDriver {
    @Override
    public int cuInit(int flags) {
      return start;
    }

    @Override
    public int cuDriverGetVersion(int[] into) {
      into[0] = version;
      return 0;
    }

    @Override
    public int cuDeviceGetCount(int[] count) {
      count[0] = gpus.size();
      return 0;
    }

    @Override
    public int cuDeviceGet(int[] device, int number) {
      device[0] = 1000 + number; // a handle is no number
      return 0;
    }

    @Override
    public int cuDeviceGetName(byte[] name, int length, int device) {
      byte[] bytes = gpus.get(device - 1000).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, name, 0, bytes.length);
      return 0;
    }

    @Override
    public int cuGetErrorString(int error, PointerByReference text) {
      if (error != 100) {
        return 1;
      }
      Memory memory = new Memory(64);
      memory.setString(0, "no CUDA-capable device is detected");
      text.setValue(memory);
      return 0;
    }
  }

  @Test
  void namesTheGpus() {
    var driver = new FakeDriver(12040, 0, List.of("NVIDIA A10", "NVIDIA T4"));

    assertThat(DriverGpus.of(Optional.of(driver), BUILD, ""))
        .isEqualTo(Cuda.of(List.of("NVIDIA A10", "NVIDIA T4")));
  }

  @Test
  void saysThatThereIsNoDriver() {
    assertThat(DriverGpus.of(Optional.empty(), BUILD, "").whyNone())
        .isEqualTo("there is no NVIDIA driver (" + CudaDriver.file() + " is missing)");
  }

  @Test
  void saysThatTheDriverIsTooOld() {
    var driver = new FakeDriver(11040, 0, List.of("NVIDIA A10"));

    assertThat(DriverGpus.of(Optional.of(driver), BUILD, "").whyNone())
        .isEqualTo(
            "the NVIDIA driver is too old: it supports CUDA up to 11.4, and the tensor library is"
                + " built for CUDA 12.8");
    assertThat(DriverGpus.of(Optional.of(driver), Optional.empty(), "").gpus()).hasSize(1);
  }

  @Test
  void saysWhatTheDriverSays() {
    var hidden = Optional.<CudaDriver>of(new FakeDriver(12040, 100, List.of()));
    var unknown = Optional.<CudaDriver>of(new FakeDriver(12040, 999, List.of()));

    assertThat(DriverGpus.of(hidden, BUILD, "").whyNone())
        .isEqualTo("the NVIDIA driver says: no CUDA-capable device is detected (100)");
    assertThat(DriverGpus.of(hidden, BUILD, "-1").whyNone())
        .isEqualTo(
            "the NVIDIA driver says: no CUDA-capable device is detected (100);"
                + " CUDA_VISIBLE_DEVICES is '-1'");
    assertThat(DriverGpus.of(unknown, BUILD, "").whyNone())
        .isEqualTo("the NVIDIA driver says: error (999)");
  }

  @Test
  void saysThatThereIsNoGpu() {
    var none = Optional.<CudaDriver>of(new FakeDriver(12040, 0, List.of()));

    assertThat(DriverGpus.of(none, BUILD, "").whyNone()).isEqualTo("there is no GPU");
  }
}
