package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InitProgressTest {
  @Test
  void aLogGetsALineEveryTenSecondsAndNoneAtTheEnd() {
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), Terminal.Kind.PLAIN);
    AtomicLong seconds = new AtomicLong();
    InitProgress progress = new InitProgress(terminal, () -> seconds.get() * 1_000_000_000);

    for (int picture = 1; picture <= 100; picture++) {
      seconds.addAndGet(picture < 100 ? 1 : 100);
      progress.looked(picture, 100);
    }

    assertThat(err.toString().lines().limit(2))
        .containsExactly(
            "looked at 10/100 pictures  ETA 1:30", "looked at 20/100 pictures  ETA 1:20");
    assertThat(err.toString().lines()).hasSize(9);
  }
}
