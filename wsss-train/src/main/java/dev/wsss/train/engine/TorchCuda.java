package dev.wsss.train.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import dev.wsss.eval.device.Cuda;
import dev.wsss.eval.device.CudaVersion;
import dev.wsss.eval.device.DriverGpus;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the tensor library can use CUDA here, and if not, why not. The library's Java interface
 * only counts GPUs, through a part of the CUDA toolkit that most machines lack, and is silent about
 * the reason; so the driver is asked.
 */
final class TorchCuda {

  private TorchCuda() {}

  /** What this process can use. */
  static Cuda here(Engine engine) {
    if (!engine.hasCapability(StandardCapabilities.CUDA)) {
      return Cuda.none(
          "the tensor library here, PyTorch " + engine.getVersion() + ", is built for CPUs only");
    }
    return DriverGpus.here(
        builtFor().map(version -> new DriverGpus.CudaBuild("the tensor library", version)));
  }

  /** The CUDA that the loaded library is built for, by its setting or the name of its folder. */
  private static Optional<CudaVersion> builtFor() {
    String setting = Setting.of("PYTORCH_FLAVOR").orElse("");
    return CudaVersion.ofFlavour(setting)
        .or(
            () ->
                CudaVersion.ofFlavour(
                    String.valueOf(Path.of(LibUtils.getLibtorchPath()).getFileName())));
  }
}
