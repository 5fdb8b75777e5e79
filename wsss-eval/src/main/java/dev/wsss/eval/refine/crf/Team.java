package dev.wsss.eval.refine.crf;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on one picture, phase after phase, each cut into parts, on the calling thread and on
 * whatever threads of the JDK's common pool are free. Where none is, the calling thread does it
 * all: a busy pool costs time and never a deadlock. What a part computes must not depend on who
 * computes it.
 *
 * <p>Used by one thread; nothing is allocated between {@link #open} and {@link #close}.
 */
public final class Team implements AutoCloseable {
  private static final int SPINS = 2000; // longer than the last part of a phase, mostly
  private static final long NAP_NANOS = 20_000;

  /** One phase of the work. */
  @FunctionalInterface
  public interface Phase {
    /**
     * Does a part.
     *
     * @param part 0 ≤ part &lt; parts
     * @param lane of the thread, 0 ≤ lane &lt; {@link Team#lanes()}; no two threads have the same
     */
    void run(int part, int lane);
  }

  private static final int BITS = 16;
  private static final int MOST_PARTS = (1 << BITS) - 1;

  /**
   * Number of the phase in the upper half; below it the first part that nobody has taken, and the
   * one behind the last, {@link #BITS} each.
   */
  private final AtomicLong open = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final int lanes;
  private volatile @Nullable Phase phase;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private long number;

  private Team(int lanes) {
    this.lanes = lanes;
  }

  /**
   * Asks for help.
   *
   * @param lanes threads at most, the calling one included
   */
  public static Team open(int lanes) {
    Team team = new Team(lanes);
    for (int lane = 1; lane < lanes; lane++) {
      int own = lane;
      ForkJoinPool.commonPool().execute(() -> team.help(own));
    }
    return team;
  }

  /** As many threads as the machine's processors and the common pool allow. */
  public static int usualLanes() {
    int helpers =
        Math.min(
            Runtime.getRuntime().availableProcessors() - 1,
            ForkJoinPool.getCommonPoolParallelism());
    return 1 + Math.max(0, helpers);
  }

  public int lanes() {
    return lanes;
  }

  /**
   * Runs all parts of a phase; returns when they are done.
   *
   * @param parts at most 65,535
   */
  public void run(Phase next, int parts) {
    if (parts > MOST_PARTS) {
      throw new IllegalArgumentException(parts + " parts, at most " + MOST_PARTS);
    }
    phase = next;
    unfinished.set(parts);
    open.set((++number << (2 * BITS)) | parts);
    takeParts(0);
    for (int spins = 0; unfinished.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
  }

  private void help(int lane) {
    int idle = 0;
    while (!closed) {
      if (takeParts(lane)) {
        idle = 0;
      } else if (++idle < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
  }

  /**
   * Takes parts of the phase that is open until there are none; gives whether it took any. A lane
   * begins at the same end of every phase, so that it finds most of its data in its own cache, and
   * takes several parts at once while many are left, since the threads meet at every taking.
   */
  private boolean takeParts(int lane) {
    boolean forwards = lane % 2 == 0;
    boolean any = false;
    while (true) {
      long state = open.get();
      int first = (int) (state >>> BITS) & MOST_PARTS;
      int end = (int) state & MOST_PARTS;
      Phase current = phase;
      if (first == end || current == null) {
        return any;
      }
      int count = Math.max(1, (end - first) / (2 * lanes));
      // Succeeds only while the phase is the one that was read after the state.
      if (open.compareAndSet(state, forwards ? state + ((long) count << BITS) : state - count)) {
        any = true;
        for (int i = 0; i < count; i++) {
          run(current, forwards ? first + i : end - 1 - i, lane);
        }
        unfinished.addAndGet(-count);
      }
    }
  }

  private void run(Phase current, int part, int lane) {
    try {
      current.run(part, lane);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** Lets the helpers go. */
  @Override
  public void close() {
    closed = true;
    phase = null;
  }
}
