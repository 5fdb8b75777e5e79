package dev.wsss.train.cli;

import dev.wsss.eval.device.DeviceChoice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command computes. */
final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "auto, cpu or cuda:N, for example cuda:0; default: engine.device of the run's configuration,"
              + " else auto.")
  private @Nullable String device;

  /**
   * What was asked for; empty where nothing was.
   *
   * @throws UsageException if it is none of what is allowed
   */
  Optional<DeviceChoice> choice() {
    if (device == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DeviceChoice.parse(device));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  /**
   * The same as an override of the configuration; empty where none was given.
   *
   * @throws UsageException if it is none of what is allowed
   */
  List<String> overrides() {
    return choice().map(asked -> "engine.device=" + asked).stream().toList();
  }
}
