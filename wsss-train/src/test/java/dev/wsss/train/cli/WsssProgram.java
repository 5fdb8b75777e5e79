package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The command line in this process, for tests of other packages. */
public final class WsssProgram {
  private final StringWriter err = new StringWriter();

  /** Runs a command; gives its exit code. */
  public int run(String... words) {
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            Terminal.Kind.PLAIN);
    return new Wsss(terminal, WsssProgram.class.getClassLoader(), "").run(words);
  }

  /** What the last command said. */
  public String err() {
    return err.toString();
  }
}
