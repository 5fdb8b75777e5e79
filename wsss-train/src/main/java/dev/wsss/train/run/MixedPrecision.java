package dev.wsss.train.run;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.tensor.CpuInfo;
import dev.wsss.api.tensor.Precision;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.wiring.WiredRun;
import java.util.List;
import java.util.Optional;

/** Checks that networks and processor can do with {@code training.precision}. */
final class MixedPrecision {
  private MixedPrecision() {}

  /**
   * @throws ConfigException if the backbone or the tensor library does not take bfloat16
   */
  static void require(RunConfig config, WiredRun wired) {
    if (config.training().precision() == Precision.FLOAT32) {
      return;
    }
    if (!wired.student().takesBfloat16()) {
      throw refused("which the backbone " + config.network().backbone().type() + " does not take");
    }
    try {
      Precision.BFLOAT16.during(wired.root().getDevice(), () -> true);
    } catch (IllegalStateException e) { // somebody's own PyTorch
      throw refused("and " + e.getMessage());
    }
  }

  private static ConfigException refused(String why) {
    return new ConfigException(
        List.of("training.precision: is bfloat16, %s; allowed here: float32".formatted(why)));
  }

  /** What is to be said where bfloat16 takes longer than float32. */
  static Optional<String> warning(RunConfig config, WiredRun wired, CpuInfo processor) {
    return config.training().precision() == Precision.FLOAT32
            || wired.device().gpu().isPresent()
            || processor.multipliesBfloat16()
        ? Optional.empty()
        : Optional.of(
            "training.precision is bfloat16, which this processor has no instructions for (amx_bf16"
                + " or avx512_bf16): a step will take longer than with float32, up to many times");
  }
}
