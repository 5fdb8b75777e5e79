package dev.wsss.train.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreContentionTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path threads;
  private long now = 5 * SECOND;

  @BeforeEach
  void twoThreadsThatHaveRunForLong() throws IOException {
    waited("11", 40 * SECOND);
    waited("12", 30 * SECOND);
  }

  @Test
  void onlyWaitingSinceTheLastLookCounts() throws IOException {
    CoreContention contention = new CoreContention(threads, () -> now, 2);

    assertThat(after(contention, 40 * SECOND, 30 * SECOND)).isFalse();
    assertThat(after(contention, 40 * SECOND + SECOND / 10, 30 * SECOND + SECOND / 10)).isFalse();
    assertThat(after(contention, 40 * SECOND + SECOND / 2, 30 * SECOND + SECOND / 10)).isFalse();
    assertThat(after(contention, 41 * SECOND, 30 * SECOND + SECOND / 10)).isTrue();
  }

  @Test
  void staysSharedUntilSixLooksWereCalm() throws IOException {
    CoreContention contention = new CoreContention(threads, () -> now, 2);
    assertThat(after(contention, 41 * SECOND, 31 * SECOND)).isTrue();

    for (int i = 1; i < 6; i++) {
      assertThat(after(contention, 41 * SECOND, 31 * SECOND)).as("look %d", i).isTrue();
    }
    assertThat(after(contention, 41 * SECOND, 31 * SECOND)).isFalse();
  }

  @Test
  void threadsMayEndAndBegin() throws IOException {
    CoreContention contention = new CoreContention(threads, () -> now, 2);
    Files.delete(threads.resolve("12/schedstat"));

    assertThat(after(contention, 40 * SECOND)).isFalse();
    waited("13", SECOND);
    assertThat(after(contention, 40 * SECOND)).isFalse();
    waited("13", 2 * SECOND);
    assertThat(after(contention, 40 * SECOND)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "a b c", "1  x 2", "1 99999999999999999999 2", "\u0000"})
  void whatNoKernelWritesIsPassedOver(String odd) throws IOException {
    Files.writeString(threads.resolve("12/schedstat"), odd);
    CoreContention contention = new CoreContention(threads, () -> now, 2);

    assertThat(after(contention, 40 * SECOND)).isFalse();
    Files.write(threads.resolve("12/schedstat"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(after(contention, 41 * SECOND)).isTrue();
  }

  @Test
  void nothingIsKnownWhereTheSystemDoesNotTell() {
    CoreContention contention = new CoreContention(threads.resolve("absent"), () -> now, 2);

    now += SECOND;
    assertThat(contention.isShared()).isFalse();
  }

  /** The answer a second later, when the first threads have waited so long in all. */
  private boolean after(CoreContention contention, long... nanos) throws IOException {
    for (int i = 0; i < nanos.length; i++) {
      waited(String.valueOf(11 + i), nanos[i]);
    }
    now += SECOND;
    return contention.isShared();
  }

  private void waited(String thread, long nanos) throws IOException {
    Path folder = Files.createDirectories(threads.resolve(thread));
    Files.writeString(folder.resolve("schedstat"), "123456789 " + nanos + " 42\n");
  }
}
