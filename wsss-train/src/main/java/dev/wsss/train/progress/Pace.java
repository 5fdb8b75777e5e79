package dev.wsss.train.progress;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How often a line of progress is written: where people look on often, in a log now and then. */
public final class Pace {
  private static final Duration INTERACTIVE = Duration.ofMillis(100);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final long step;
  private long next;

  /** Begins now; the first line is due after the first pause. */
  public Pace(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public Pace(Terminal terminal, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.step = (terminal.kind() == Terminal.Kind.INTERACTIVE ? INTERACTIVE : PLAIN).toNanos();
    this.next = nanoTime.getAsLong() + step;
  }

  /** Whether a line is to be written now; the next one is due a pause later. */
  public boolean isDue() {
    long now = nanoTime.getAsLong();
    if (now - next < 0) {
      return false;
    }
    next = now + step;
    return true;
  }
}
