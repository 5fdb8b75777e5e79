package dev.wsss.train.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration of a run, as it is named on the command line. */
final class ConfigurationOptions {

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "A YAML file, or the name of a built-in configuration such as quickstart.")
  private String config = "";

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description =
          "Override a value, for example -o optimiser.rate=0.003; null removes one. Repeatable;"
              + " paths are relative to the working directory.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--print-config",
      description =
          "Print the resolved configuration and where each value comes from; run nothing.")
  private boolean printConfig;

  String config() {
    return config;
  }

  List<String> overrides() {
    return Stream.concat(overrides.stream(), device.overrides().stream()).toList();
  }

  boolean printConfig() {
    return printConfig;
  }
}
