package dev.wsss.eval.work;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Several threads that take items in their order. The first failure stops all; an interrupt lets
 * each finish the item that it has.
 */
public final class ItemLoop {
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  private ItemLoop() {}

  /** How a loop came to its end. */
  public enum End {
    /** All items are done. */
    DONE,
    /** The thread was interrupted, and is so again; items that nobody had taken are not done. */
    INTERRUPTED
  }

  /** What a thread does with an item. */
  public interface Work<T> {
    void on(T item) throws IOException;
  }

  /**
   * Does the work on all items and waits for its end.
   *
   * @param name of the threads, which are numbered from 1
   * @param threads each does its own {@code Work}
   * @throws IOException the first failure, as does anything unchecked
   */
  public static <T> End run(String name, List<T> items, List<Work<T>> threads) throws IOException {
    return new ItemLoop().runAll(name, items, threads);
  }

  private <T> End runAll(String name, List<T> items, List<Work<T>> threads) throws IOException {
    Thread[] running = new Thread[Math.min(threads.size(), items.size())];
    for (int i = 0; i < running.length; i++) {
      Work<T> work = threads.get(i);
      running[i] = new Thread(() -> take(items, work), name + "-" + (i + 1));
      running[i].setDaemon(true);
      running[i].start();
    }
    boolean interrupted = Thread.interrupted();
    for (Thread thread : running) {
      // Not handed on as an interrupt, which would close the files that are being written.
      while (thread.isAlive()) {
        stopped |= interrupted;
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    rethrow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return interrupted ? End.INTERRUPTED : End.DONE;
  }

  private <T> void take(List<T> items, Work<T> work) {
    for (int i = next.getAndIncrement(); i < items.size() && !stopped; i = next.getAndIncrement()) {
      try {
        work.on(items.get(i));
      } catch (IOException | RuntimeException | Error e) {
        synchronized (this) {
          failure = failure == null ? e : failure;
        }
        stopped = true;
      }
    }
  }

  private synchronized void rethrow() throws IOException {
    Throwable thrown = failure;
    if (thrown instanceof IOException io) {
      throw io;
    }
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }
}
