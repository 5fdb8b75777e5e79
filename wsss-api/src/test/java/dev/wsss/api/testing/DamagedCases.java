package dev.wsss.api.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Many damaged inputs, each from a random of its own, so that one can be tried again alone. The
 * system property {@code wsss.damage} multiplies their number.
 */
public final class DamagedCases {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private DamagedCases() {}

  /** What one input has to keep. */
  @FunctionalInterface
  public interface Case {
    void run(Random random) throws Exception;
  }

  /** Runs them; a failure names the seed. */
  public static void run(int count, Case one) {
    int all = count * Integer.getInteger("wsss.damage", 1);
    for (int seed = 0; seed < all; seed++) {
      try {
        one.run(new Random(seed));
      } catch (Exception | Error e) {
        throw new AssertionError("damage of seed " + seed + ": " + e, e);
      }
    }
  }

  /** What was done, and the bytes that this thread took from the heap for it, freed ones too. */
  public record Cost<T>(T result, long bytes) {}

  /** Does something and counts. */
  public static <T> Cost<T> cost(Callable<T> work) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = work.call();
    return new Cost<>(result, THREADS.getCurrentThreadAllocatedBytes() - before);
  }
}
