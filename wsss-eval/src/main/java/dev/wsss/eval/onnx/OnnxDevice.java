package dev.wsss.eval.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.Cuda;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.device.DriverGpus;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The devices that ONNX Runtime can compute on here. */
final class OnnxDevice {

  private OnnxDevice() {}

  /**
   * Takes a device; a GPU only after a small convolution on it has come out right.
   *
   * @throws dev.wsss.eval.device.DeviceException if the device that was asked for is not there
   */
  static ChosenDevice choose(DeviceChoice choice) {
    return ChosenDevice.of(
        choice,
        () ->
            there(
                OrtEnvironment.getAvailableProviders(),
                OrtEnvironment.getEnvironment().getVersion(),
                // Which CUDA it is built for, it does not say.
                () -> DriverGpus.here(Optional.empty())),
        OnnxTrial::failureOn);
  }

  /**
   * What can be used. Providers are what the library was built with, whether or not they can be
   * loaded, which the trial shows. The driver is asked before, since to load the provider's library
   * takes seconds: it is unpacked, 0.6 GB.
   */
  static Cuda there(Set<OrtProvider> builtWith, String version, Supplier<Cuda> driver) {
    return builtWith.contains(OrtProvider.CUDA)
        ? driver.get()
        : Cuda.none("the ONNX Runtime here, " + version + ", is built for CPUs only");
  }
}
