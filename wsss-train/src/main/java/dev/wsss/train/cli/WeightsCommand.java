package dev.wsss.train.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wsss weights}: files of pretrained weights. */
@Command(
    name = "weights",
    description = "Look into files of pretrained weights, convert and download them.")
final class WeightsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: wsss weights inspect, convert, list or fetch");
  }
}
