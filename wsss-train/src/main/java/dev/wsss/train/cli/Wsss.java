package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import dev.wsss.train.weights.Catalogue;
import dev.wsss.train.weights.Download;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program with all its commands; embeds in a test, since it neither exits nor uses statics. */
final class Wsss {
  private static final int HELP_WIDTH = 100;

  private final Terminal terminal;
  private final ClassLoader modules;
  private final String classPath;

  /**
   * @param modules where modules and built-in configurations are looked up
   * @param classPath what {@code modules} reads
   */
  Wsss(Terminal terminal, ClassLoader modules, String classPath) {
    this.terminal = terminal;
    this.modules = modules;
    this.classPath = classPath;
  }

  /** Runs one command and gives its exit code; never throws. */
  int run(String... args) {
    Logs logs = Logs.to(terminal);
    WsssCommand root = new WsssCommand();
    try {
      return commandLine(root, new Program(terminal, logs, List.of(args), modules, classPath))
          .execute(args);
    } catch (Throwable failure) {
      // picocli hands exceptions to the handler, but errors such as a broken plugin jar come here.
      return report(failure, root.debug());
    }
  }

  /** All commands with their options, to ask and not to run. */
  CommandLine commandLine() {
    return commandLine(
        new WsssCommand(), new Program(terminal, Logs.to(terminal), List.of(), modules, classPath));
  }

  private CommandLine commandLine(WsssCommand root, Program program) {
    return new CommandLine(root)
        .addSubcommand(new InitCommand(program))
        .addSubcommand(new TrainCommand(program))
        .addSubcommand(new RunCommand(program))
        .addSubcommand(new TuneCommand(program))
        .addSubcommand(new AblateCommand(program))
        .addSubcommand(new EvalCommand(program))
        .addSubcommand(new ScoreCommand(program))
        .addSubcommand(new ExportCommand(program))
        .addSubcommand(new PredictCommand(program))
        .addSubcommand(new SubmitCommand(program))
        .addSubcommand(new CompareCommand(program))
        .addSubcommand(
            new CommandLine(new WeightsCommand())
                .addSubcommand(new WeightsInspectCommand(program))
                .addSubcommand(new WeightsConvertCommand(program))
                .addSubcommand(new WeightsListCommand(program, Catalogue::builtIn))
                .addSubcommand(
                    new WeightsFetchCommand(
                        program, Catalogue::builtIn, new Download(System.getenv()))))
        .addSubcommand(new ModulesCommand(program))
        .addSubcommand(new ExplainCommand(program))
        .addSubcommand(new SchemaCommand(program))
        .addSubcommand(
            new CommandLine(new BenchCommand())
                .addSubcommand(new BenchStepCommand(program))
                .addSubcommand(new BenchCamsCommand(program)))
        .addSubcommand(new CompletionCommand(program))
        .addSubcommand(new HelpCommand(program))
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, root.debug()));
  }

  private int misused(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    if (args.length == 0) {
      command.usage(terminal.err());
      return ExitCode.USAGE.code();
    }
    terminal.line("error: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, terminal.err());
    terminal.line("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }

  private int report(Throwable failure, boolean debug) {
    ExitCode code = ExitCode.of(failure);
    if (code == ExitCode.UNEXPECTED) {
      terminal.line("unexpected error: " + failure);
      if (!debug) {
        terminal.line("The option --debug shows where it came from.");
      }
    } else {
      terminal.line("error: " + failure.getMessage());
    }
    if (debug) {
      terminal.clear();
      failure.printStackTrace(terminal.err());
      terminal.err().flush();
    }
    return code.code();
  }
}
