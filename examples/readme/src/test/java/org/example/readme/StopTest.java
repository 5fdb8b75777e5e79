package org.example.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run that is told to end, as Ctrl-C does. */
class StopTest {
  private static final int MINUTES_TO_START = 2;

  @TempDir private Path folder;

  @Test
  void aTrainingRunEndsCleanlyAndSaysWhere() throws Exception {
    Distribution wsss = new Distribution(folder);
    var started = wsss.start("./wsss train quickstart-base --out runs/stopped");
    waitForTheFirstStep(started);

    started.process().destroy();

    assertThat(started.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(started.process().exitValue()).isEqualTo(128 + 15);
    assertThat(started.printed()).containsPattern("error: stopped in epoch \\d of 6");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no report of a crash")
          .noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  private static void waitForTheFirstStep(Distribution.Started started) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES_TO_START);
    while (!started.printed().contains("images/s") && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(started.printed()).contains("images/s");
  }
}
