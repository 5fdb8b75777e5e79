package dev.wsss.train.cli;

import dev.wsss.train.ablation.AblationConfig;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.Explain;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wsss explain}: what a module or a part of the configuration can be told. */
@Command(
    name = "explain",
    description = "Explain the keys of a module or of a part of the configuration.")
final class ExplainCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "A module such as rcm, an interface such as Backbone, or a key such as training or"
              + " optimiser.rate; nothing explains the whole configuration.")
  private String name = "";

  ExplainCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    String text =
        Explain.name(List.of(RunConfig.class, AblationConfig.class), program.catalog(), name);
    program.terminal().result(text.stripTrailing());
    return ExitCode.OK.code();
  }
}
