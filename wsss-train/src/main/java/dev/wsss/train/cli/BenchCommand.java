package dev.wsss.train.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wsss bench}: what a change costs on this machine. */
@Command(
    name = "bench",
    description = "Time training steps or CAM inference on this machine, with random weights.")
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to time: wsss bench step, or wsss bench cams");
  }
}
