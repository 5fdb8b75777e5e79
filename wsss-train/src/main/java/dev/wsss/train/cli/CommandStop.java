package dev.wsss.train.cli;

import dev.wsss.train.progress.Terminal;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends the command first when the process is told to end. Native libraries crash where they are
 * torn down under work that still runs, and Java refuses much once its shutdown has begun, such as
 * the first picture that ImageIO writes. So a signal is taken before that: the command is
 * interrupted, ends after its step or picture, and only then the process exits.
 */
final class CommandStop {
  private static final int LONGEST_STEP_SECONDS = 60;

  /** {@code timeout} and some shells send a signal twice at once: to the process and its group. */
  private static final long ONE_SIGNAL_SECONDS = 1;

  private static final int SIGNAL_BASE = 128;

  private final Thread command;
  private final Terminal terminal;
  private final Optional<Signals> signals;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicReference<First> first = new AtomicReference<>();

  /** The signal that the command ends by, and when it came. */
  private record First(int number, long nanoTime) {}

  private CommandStop(Thread command, Terminal terminal, Optional<Signals> signals) {
    this.command = command;
    this.terminal = terminal;
    this.signals = signals;
  }

  /**
   * Watches over a command from now on.
   *
   * @param command is interrupted where it is to end
   */
  static CommandStop of(Thread command, Terminal terminal) {
    CommandStop stop = new CommandStop(command, terminal, Signals.here());
    stop.signals.ifPresent(
        signals ->
            Signals.THAT_END.forEach(
                name -> signals.handle(name, number -> stop.signalled(signals, name, number))));
    // For what is no signal, such as a module that exits, and for a Java without signals.
    Runtime.getRuntime().addShutdownHook(new Thread(stop::shutDown));
    return stop;
  }

  /**
   * Notes that the command has ended.
   *
   * @param code its own
   * @return what the process exits with: 128 + n after signal n
   */
  int finished(int code) {
    finished.countDown();
    First ended = first.get();
    return ended == null ? code : SIGNAL_BASE + ended.number();
  }

  private void signalled(Signals signals, String name, int number) {
    First now = new First(number, System.nanoTime());
    First before = first.compareAndExchange(null, now);
    if (before == null) {
      if (!endsWithin(LONGEST_STEP_SECONDS)) {
        signals.endBy(name);
      }
    } else if (now.nanoTime() - before.nanoTime() >= TimeUnit.SECONDS.toNanos(ONE_SIGNAL_SECONDS)) {
      signals.endBy(name);
    }
  }

  private boolean endsWithin(int seconds) {
    command.interrupt();
    try {
      if (finished.await(ONE_SIGNAL_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
      terminal.line("stopping after what is in work; another signal, or Ctrl-C, stops at once");
      if (finished.await(seconds - ONE_SIGNAL_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
      sayThatItGivesUp();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void shutDown() {
    command.interrupt();
    try {
      if (!finished.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
        sayThatItGivesUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayThatItGivesUp() {
    terminal.line("wsss: the last step is still running; giving up on it");
  }
}
