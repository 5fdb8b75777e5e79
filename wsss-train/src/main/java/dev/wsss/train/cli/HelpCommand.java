package dev.wsss.train.cli;

import dev.wsss.api.config.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wsss help}: what {@code --help} says; picocli's own has an option that ours has too. */
@Command(name = "help", description = "Say what there is, or what a command does and takes.")
final class HelpCommand implements Callable<Integer> {
  private final Program program;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "For example train, or bench step; nothing lists all commands.")
  private List<String> names = new ArrayList<>();

  HelpCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new UsageException(
            "there is no command '"
                + command.getCommandName()
                + " "
                + name
                + "'; known are "
                + String.join(", ", command.getSubcommands().keySet())
                + Spelling.suggestion(name, command.getSubcommands().keySet()));
      }
      command = next;
    }
    command.usage(program.terminal().out());
    program.terminal().out().flush();
    return ExitCode.OK.code();
  }
}
