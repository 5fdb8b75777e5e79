package dev.wsss.train.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works on pictures with several threads, which take them in their order. The first failure stops
 * all; an interrupt lets each finish the picture that it has.
 */
final class PictureLoop {
  private final String stage;
  private final StageListener listener;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done;
  private final int total;
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  /**
   * @param done pictures that earlier sessions have done
   */
  PictureLoop(String stage, int done, int total, StageListener listener) {
    this.stage = stage;
    this.done = new AtomicInteger(done);
    this.total = total;
    this.listener = listener;
  }

  /** What is done with a picture. */
  interface Work<T> {
    void on(T picture) throws IOException;
  }

  /** Work for so many threads. */
  static <T> List<Work<T>> threads(int count, Supplier<Work<T>> work) {
    return Stream.generate(work).limit(count).toList();
  }

  /**
   * Does the work on all pictures.
   *
   * @param threads each does its own {@code Work}
   * @throws CancellationException if the thread is interrupted
   */
  <T> void run(List<T> pictures, List<Work<T>> threads) throws IOException {
    Thread[] running = new Thread[Math.min(threads.size(), pictures.size())];
    for (int i = 0; i < running.length; i++) {
      Work<T> work = threads.get(i);
      running[i] = new Thread(() -> all(pictures, work), stage + "-" + (i + 1));
      running[i].setDaemon(true);
      running[i].start();
    }
    boolean interrupted = Thread.interrupted();
    for (Thread thread : running) {
      // Not handed on as an interrupt, which would close the files that are being written.
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
        stopped |= interrupted;
      }
    }
    rethrow();
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "stopped in stage %s after %d of %d pictures; the same command goes on from there"
              .formatted(stage, done.get(), total));
    }
  }

  private <T> void all(List<T> pictures, Work<T> work) {
    for (int i = next.getAndIncrement();
        i < pictures.size() && !stopped;
        i = next.getAndIncrement()) {
      try {
        work.on(pictures.get(i));
        listener.picture(done.incrementAndGet(), total);
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
