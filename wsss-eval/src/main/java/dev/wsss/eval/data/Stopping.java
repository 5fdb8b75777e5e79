package dev.wsss.eval.data;

import java.util.concurrent.CancellationException;

/** Lets a long loop over a data set end where its program is told to. */
public final class Stopping {

  private Stopping() {}

  /**
   * Does nothing unless the thread was interrupted; it stays so.
   *
   * @throws CancellationException if it was
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("stopped while the data set was opened");
    }
  }
}
