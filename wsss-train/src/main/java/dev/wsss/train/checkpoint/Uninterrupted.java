package dev.wsss.train.checkpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lets work come to its end where the thread that wants it is interrupted meanwhile: Java would
 * close the file that an interrupted thread writes.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Waits until the work is done; throws what it throws, and keeps an interrupt for later. */
  public static void run(Runnable work) {
    try {
      CompletableFuture.runAsync(work, Uninterrupted::start).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** A thread of its own: those of a pool would keep threads of the tensor library with them. */
  private static void start(Runnable work) {
    new Thread(work, "wsss-writer").start();
  }
}
