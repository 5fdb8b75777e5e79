package dev.wsss.train.cli;

import dev.wsss.eval.device.DeviceChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command computes. */
final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "auto, cpu or cuda:N, for example cuda:0; in place of engine.device of the configuration,"
              + " which is auto by default.")
  private @Nullable String device;

  /**
   * The same as an override of the configuration; empty where none was given.
   *
   * @throws UsageException if it is none of what is allowed
   */
  List<String> overrides() {
    if (device == null) {
      return List.of();
    }
    try {
      return List.of("engine.device=" + DeviceChoice.parse(device));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }
}
