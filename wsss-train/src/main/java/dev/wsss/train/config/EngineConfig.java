package dev.wsss.train.config;

import dev.wsss.api.config.Doc;
import dev.wsss.api.network.Kernels;
import dev.wsss.eval.device.DeviceChoice;

/** How and where the tensor engine computes; no key changes what is computed. */
public record EngineConfig(
    @Doc(
            value =
                "tuned: layers in whatever way is fastest; plain: by the engine's own operations, one"
                    + " by one, to try first where something looks wrong.",
            byDefault = "tuned",
            origin = "choice")
        Kernels kernels,
    @Doc(
            value =
                "auto: the first GPU where CUDA can be used, else the CPU; cpu; cuda:N: that GPU, from 0,"
                    + " and an error where it is not there.",
            byDefault = "auto",
            origin = "choice")
        String device) {

  /** As it is where nothing is said. */
  public static final EngineConfig USUAL = new EngineConfig(Kernels.TUNED, "auto");

  public EngineConfig {
    DeviceChoice.parse(device);
  }

  /** The device that is asked for. */
  public DeviceChoice deviceChoice() {
    return DeviceChoice.parse(device);
  }
}
