package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import dev.wsss.train.threads.ThreadSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Where the program {@code wsss} starts. */
public final class Main {

  /** Commands whose speed depends on threads. */
  private static final Set<String> WITH_TENSORS =
      Set.of("train", "ablate", "eval", "bench", "predict");

  private Main() {}

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] args) {
    // The launcher asks the shell whether standard error is a terminal; Java cannot.
    Terminal.Kind kind =
        Boolean.getBoolean("wsss.interactive") ? Terminal.Kind.INTERACTIVE : Terminal.Kind.PLAIN;
    StandardOutput results = new StandardOutput();
    Terminal terminal =
        new Terminal(
            new PrintWriter(results, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            kind);
    // What plugins and libraries print must not stand among the results.
    System.setOut(System.err);
    if (args.length > 0 && WITH_TENSORS.contains(args[0])) {
      ThreadSettings.warning(System.getenv(), Runtime.getRuntime().availableProcessors())
          .ifPresent(line -> terminal.line("warning: " + line));
    }
    CommandStop stop = CommandStop.of(Thread.currentThread(), terminal);
    int code =
        new Wsss(terminal, Main.class.getClassLoader(), System.getProperty("java.class.path"))
            .run(args);
    if (results.failure().isPresent()) {
      terminal.line("error: standard output: " + results.failure().get().getMessage());
      code = code == ExitCode.OK.code() ? ExitCode.FAILED.code() : code;
    }
    System.exit(stop.finished(code));
  }
}
