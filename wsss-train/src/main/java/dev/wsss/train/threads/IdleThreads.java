package dev.wsss.train.threads;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Lets idle threads of the tensor library spin while this process has its cores to itself, and
 * sleep soon while it shares them.
 *
 * <p>A spinning thread begins its part of the next operation at once, one that sleeps some tens of
 * microseconds later, and a step has thousands of operations. But of two processes that spin, each
 * keeps the other from the very thread that it waits for. OpenMP's library reads how long to spin
 * from the environment as the process starts; yet it spins only shortly while it has more threads
 * than cores (manual of GNU libgomp, {@code GOMP_SPINCOUNT}). So while cores are shared this keeps
 * a thread alive that has run one operation, and with it as many idle threads as it needed.
 */
public final class IdleThreads implements AutoCloseable {
  /** Name of the thread that crowds the library, and of those that the library makes for it. */
  static final String CROWD = "wsss-crowd";

  private static final int INTERVAL_MILLIS = 500;

  /** An operation on fewer numbers a thread runs on fewer threads. */
  private static final int GRAIN = 32768;

  private final Timer timer = new Timer("wsss-idle", true);
  private @Nullable ExecutorService crowd;
  private boolean closed;

  IdleThreads() {}

  /** Watches this process until it is closed. */
  public static IdleThreads watch() {
    IdleThreads threads = new IdleThreads();
    CoreContention contention = CoreContention.ofThisProcess();
    TimerTask look =
        new TimerTask() {
          @Override
          public void run() {
            threads.share(contention.isShared());
          }
        };
    threads.timer.schedule(look, INTERVAL_MILLIS, INTERVAL_MILLIS);
    return threads;
  }

  /** Lets threads sleep soon, or spin. */
  synchronized void share(boolean shared) {
    if (shared && crowd == null && !closed) {
      crowd = Executors.newSingleThreadExecutor(IdleThreads::daemon);
      crowd.execute(IdleThreads::useEveryThread);
    } else if (!shared && crowd != null) {
      crowd.shutdown(); // its thread ends, and the library ends those that it made for it
      crowd = null;
    }
  }

  private static void useEveryThread() {
    int cores = Runtime.getRuntime().availableProcessors();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      manager.ones(new Shape((long) cores * GRAIN)).neg();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, CROWD);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void close() {
    closed = true; // the timer may be in the middle of its last look
    timer.cancel();
    share(false);
  }
}
