package dev.wsss.train.cli;

import dev.wsss.train.weights.Catalogue;
import dev.wsss.train.weights.PublishedWeights;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code wsss weights list}: what {@code fetch} knows. */
@Command(
    name = "list",
    description = "List the weights that fetch knows, with their addresses and SHA-256.")
final class WeightsListCommand implements Callable<Integer> {
  private final Program program;
  private final Supplier<Catalogue> catalogue;

  WeightsListCommand(Program program, Supplier<Catalogue> catalogue) {
    this.program = program;
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() {
    program
        .terminal()
        .result(
            catalogue.get().all().stream()
                .map(WeightsListCommand::line)
                .collect(Collectors.joining("\n")));
    return ExitCode.OK.code();
  }

  private static String line(PublishedWeights weights) {
    return "%-13s %s (SHA-256 %s%s)%n              %s"
        .formatted(
            weights.name(),
            weights.description(),
            weights.sha256(),
            weights.sha256IsWhole() ? "" : "…",
            weights.address());
  }
}
