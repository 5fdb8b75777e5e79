package dev.wsss.train.cli;

import dev.wsss.eval.data.LookListener;
import dev.wsss.train.progress.Pace;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.Terminal;
import java.util.function.LongSupplier;

/** Says how {@code wsss init} goes on: a progress line now and then. */
final class InitProgress implements LookListener {
  private static final double NANOS = 1e-9;

  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final Pace pace;
  private final long start;

  InitProgress(Terminal terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.pace = new Pace(terminal, nanoTime);
    this.start = nanoTime.getAsLong();
  }

  @Override
  public void looked(int pictures, int of) {
    if (pictures < of && pace.isDue()) {
      double seconds = (nanoTime.getAsLong() - start) * NANOS;
      String left = ProgressLine.clockTime(seconds / pictures * (of - pictures));
      terminal.status("looked at %d/%d pictures  ETA %s".formatted(pictures, of, left));
    }
  }
}
