package dev.wsss.train.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wsss completion}: what a shell needs to complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Print the script with which a shell completes commands and options.",
      "bash: source <(wsss completion bash)     zsh: source <(wsss completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {

  /** Shells that are served. */
  enum Shell {
    /** 4 or later. */
    BASH,
    /** Through its own emulation of bash's completion. */
    ZSH
  }

  private final Program program;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      converter = ShellConverter.class,
      description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("wsss", spec.root().commandLine());
    if (shell == Shell.ZSH) {
      // The script loads bashcompinit, which needs compinit; a new zsh has run neither.
      script = "autoload -Uz compinit && compinit\n" + script;
    }
    program.terminal().result(script.stripTrailing());
    return ExitCode.OK.code();
  }

  /** Takes a name in small letters. */
  static final class ShellConverter implements picocli.CommandLine.ITypeConverter<Shell> {
    @Override
    public Shell convert(String name) {
      for (Shell shell : Shell.values()) {
        if (shell.name().toLowerCase(Locale.ROOT).equals(name)) {
          return shell;
        }
      }
      throw new picocli.CommandLine.TypeConversionException(
          "there is no completion for '" + name + "'; allowed are bash, zsh");
    }
  }
}
