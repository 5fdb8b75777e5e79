package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program {@code wsss} starts. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with one of {@link ExitCode}. */
  public static void main(String[] args) {
    // The launcher asks the shell whether standard error is a terminal; Java cannot.
    Terminal.Kind kind =
        Boolean.getBoolean("wsss.interactive") ? Terminal.Kind.INTERACTIVE : Terminal.Kind.PLAIN;
    Terminal terminal =
        new Terminal(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8),
            kind);
    System.exit(new Wsss(terminal, Main.class.getClassLoader()).run(args));
  }
}
