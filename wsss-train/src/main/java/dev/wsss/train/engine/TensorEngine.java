package dev.wsss.train.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.tensor.HiddenCaches;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.device.DeviceChoice;
import dev.wsss.eval.device.DeviceException;
import java.util.Optional;

/** The tensor library and the devices that it can compute on. */
public final class TensorEngine {
  private static final String NAME = "PyTorch";
  private static final int TRIAL = 4;

  private TensorEngine() {}

  /**
   * Loads the library, where nobody has yet, and takes a device. A GPU is taken only after a small
   * sum on it has come out right.
   *
   * @throws DeviceException if the device that was asked for is not there, or an external library
   *     cannot be used
   */
  public static ChosenDevice choose(DeviceChoice choice) {
    EngineDefaults.set();
    Engine engine = load();
    HiddenCaches.avoid(); // before a third party's network convolves
    return ChosenDevice.of(
        choice, () -> TorchCuda.here(engine), gpu -> failureOn(engine, Device.gpu(gpu)));
  }

  /** A manager whose arrays, and those of all managers below it, are on a device. */
  public static NDManager managerOn(ChosenDevice device) {
    return Engine.getEngine(NAME)
        .newBaseManager(
            device.gpu().isPresent() ? Device.gpu(device.gpu().getAsInt()) : Device.cpu());
  }

  /** The library says only in its cause what it lacks, and nothing of where it looked. */
  private static Engine load() {
    Optional<ExternalLibtorch> external = ExternalLibtorch.here();
    external.ifPresent(libtorch -> libtorch.settings().forEach(System::setProperty));
    try {
      return Engine.getEngine(NAME);
    } catch (EngineException e) {
      if (external.isEmpty()) {
        throw e;
      }
      throw new DeviceException(
          "PYTORCH_LIBRARY_PATH names "
              + external.get().folder()
              + ", which cannot be loaded: "
              + firstLine(e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  private static Optional<String> failureOn(Engine engine, Device device) {
    try (NDManager manager = engine.newBaseManager(device);
        NDArray ones = manager.ones(new Shape(TRIAL));
        NDArray sum = ones.sum()) {
      float found = sum.getFloat();
      return found == TRIAL
          ? Optional.empty()
          : Optional.of(TRIAL + " ones sum to " + found + " there");
    } catch (EngineException e) {
      return Optional.of(firstLine(e));
    }
  }

  /** The library's messages go on with a stack of its own. */
  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
