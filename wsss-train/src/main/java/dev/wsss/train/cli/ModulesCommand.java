package dev.wsss.train.cli;

import dev.wsss.train.config.binding.Explain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code wsss modules}: what there is to choose from. */
@Command(name = "modules", description = "List all modules and the jars that bring them.")
final class ModulesCommand implements Callable<Integer> {
  private final Program program;

  ModulesCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    program.terminal().result(Explain.modules(program.catalog()).stripTrailing());
    return ExitCode.OK.code();
  }
}
