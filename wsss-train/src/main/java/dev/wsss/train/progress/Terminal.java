package dev.wsss.train.progress;

import java.io.PrintWriter;

/**
 * Where a program writes: results on standard output, everything else on standard error, whose last
 * line may be a status that is rewritten in place. Thread-safe.
 */
public final class Terminal {
  /** Back to the first column, and erase the line. */
  private static final String ERASE = "\r\u001b[K";

  /** No wrapping: a status longer than the window would leave its first part behind. */
  private static final String CUT_AT_EDGE = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  /** Whether standard error is looked at while it is written. */
  public enum Kind {
    /** A window in which a line can be rewritten. */
    INTERACTIVE,
    /** A file or a pipe: lines stay. */
    PLAIN
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final Kind kind;
  private boolean statusStands;

  public Terminal(PrintWriter out, PrintWriter err, Kind kind) {
    this.out = out;
    this.err = err;
    this.kind = kind;
  }

  /** Whether a status can be rewritten. */
  public Kind kind() {
    return kind;
  }

  /** Standard output, for commands that print more than a line. */
  public PrintWriter out() {
    return out;
  }

  /** Standard error, for messages of the command line parser. */
  public PrintWriter err() {
    return err;
  }

  /** Writes a result. */
  public synchronized void result(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** Writes a line that stays. */
  public synchronized void line(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  /** Replaces the status, or writes a line where none can be replaced. */
  public synchronized void status(String text) {
    if (kind == Kind.PLAIN) {
      line(text);
      return;
    }
    err.print(ERASE + CUT_AT_EDGE + text + WRAP);
    err.flush();
    statusStands = true;
  }

  /** Removes the status, if there is one. */
  public synchronized void clear() {
    if (statusStands) {
      err.print(ERASE);
      err.flush();
      statusStands = false;
    }
  }
}
