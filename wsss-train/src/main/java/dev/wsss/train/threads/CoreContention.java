package dev.wsss.train.threads;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whether threads of this process have to wait for a core, as they do beside another busy process.
 * Linux counts that time for every thread in {@code /proc/self/task/ID/schedstat}; elsewhere the
 * answer is always no.
 */
final class CoreContention {
  /**
   * Seconds that threads waited, per second and core, from which cores are shared; decision 11 has
   * the measurements.
   */
  private static final double SHARED = 0.2;

  /** The other process may only be reading its next pictures, so that one calm look says little. */
  private static final int CALM_LOOKS = 6;

  private final Path threads;
  private final LongSupplier nanoClock;
  private final int cores;
  private Map<Path, Long> waited = Map.of();
  private long time;
  private int calm = CALM_LOOKS;

  /** Of a process with its own folder of threads. */
  CoreContention(Path threads, LongSupplier nanoClock, int cores) {
    this.threads = threads;
    this.nanoClock = nanoClock;
    this.cores = cores;
    look();
  }

  static CoreContention ofThisProcess() {
    return new CoreContention(
        Path.of("/proc/self/task"), System::nanoTime, Runtime.getRuntime().availableProcessors());
  }

  /** Whether cores are shared, judged by the time since the last call and those before it. */
  boolean isShared() {
    Map<Path, Long> before = waited;
    long last = time;
    look();
    long waiting = 0;
    for (Map.Entry<Path, Long> thread : waited.entrySet()) {
      waiting += thread.getValue() - before.getOrDefault(thread.getKey(), thread.getValue());
    }
    boolean waitedLong = waiting > SHARED * cores * (time - last);
    calm = waitedLong ? 0 : Math.min(calm + 1, CALM_LOOKS);
    return calm < CALM_LOOKS;
  }

  private void look() {
    time = nanoClock.getAsLong();
    Map<Path, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(threads)) {
      for (Path thread : folders) {
        waitedNanos(thread, nanos);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Not Linux: nobody is known to wait.
    }
    waited = nanos;
  }

  /** The second of the file's three numbers is the time on a queue of the scheduler. */
  private static void waitedNanos(Path thread, Map<Path, Long> nanos) {
    try {
      String[] numbers = Files.readString(thread.resolve("schedstat")).trim().split("\\s+", -1);
      if (numbers.length > 1) {
        nanos.put(thread, Long.parseLong(numbers[1]));
      }
    } catch (IOException | NumberFormatException e) {
      // The thread has ended since the folder was listed, or this kernel writes something else.
    }
  }
}
