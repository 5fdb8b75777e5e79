package dev.wsss.train.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class IdleThreadsTest {
  private static final int PATIENCE_SECONDS = 30;

  @Test
  void crowdsTheLibraryWhileCoresAreShared() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    try (IdleThreads threads = new IdleThreads()) {
      threads.share(true);
      assertThat(crowdOf(cores)).isEqualTo(cores);

      threads.share(false);
      assertThat(crowdOf(0)).isZero();

      threads.share(true);
      assertThat(crowdOf(cores)).isEqualTo(cores);
    }
    assertThat(crowdOf(0)).isZero();
  }

  @Test
  void aLookThatEndsAfterItWasClosedCrowdsNothing() throws Exception {
    IdleThreads threads = new IdleThreads();
    threads.close();

    threads.share(true);

    // A crowd, if there were one, would come within moments.
    Thread.sleep(200);
    assertThat(crowd()).isZero();
  }

  /** How many native threads there are, once they are as many as expected or patience ends. */
  private static int crowdOf(int expected) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int crowd = crowd();
    while (crowd != expected && System.nanoTime() < end) {
      Thread.sleep(20);
      crowd = crowd();
    }
    return crowd;
  }

  /** Those that the library makes have the name of the thread that they were made for. */
  private static int crowd() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        count += nameOf(task).equals(IdleThreads.CROWD) ? 1 : 0;
      }
    }
    return count;
  }

  private static String nameOf(Path task) {
    try {
      return Files.readString(task.resolve("comm")).trim();
    } catch (
        IOException e) { // the thread has ended: no such file, or once it is open, no such process
      return "";
    }
  }
}
