package dev.wsss.train.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.testing.FakeRun;
import dev.wsss.api.training.TrainingClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicLong now = new AtomicLong();

  private Terminal terminal(Terminal.Kind kind) {
    return new Terminal(new PrintWriter(out), new PrintWriter(err), kind);
  }

  private static StepReport step(long step) {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("classification", 0.25);
    losses.put("rcm", 1.5);
    losses.put("rcm/valid", 7.0);
    losses.put("total", 1.75);
    return new StepReport(new TrainingClock(2, 6, step, 300), 8, 0.5, 0.01, 0.003, losses);
  }

  @Test
  void showsWhereTheRunStandsWithoutWhatSlotsLogBeside() {
    ProgressLine line = new ProgressLine(terminal(Terminal.Kind.PLAIN), "[1/4] full", now::get);
    now.set(10 * SECOND);
    line.step(step(100));
    assertThat(err)
        .hasToString(
            "[1/4] full  epoch 2/6  step 100/300  16.0 images/s  cls 0.2500 rcm 1.500 total 1.750"
                + "  data wait 2 %  ETA 1:40"
                + System.lineSeparator());
    assertThat(out).hasToString("");
  }

  @Test
  void theTimeLeftCountsScoringOnceAPictureHasBeenMeasured() throws Exception {
    try (FakeRun run = new FakeRun(Path.of(""))) {
      RunView view =
          (RunView)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {RunView.class},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "scored" ->
                            Collections.nCopies(
                                30, run.data().examples(run.data().splits().get(0)).get(0));
                        case "predict" -> {
                          now.addAndGet(2 * SECOND);
                          yield run.predict((RgbImage) arguments[0], (Example) arguments[1]);
                        }
                        default -> method.invoke(run, arguments);
                      });
      ProgressLine line = new ProgressLine(terminal(Terminal.Kind.PLAIN), "", now::get);
      line.started(view);
      now.set(10 * SECOND);
      line.step(step(100));
      assertThat(err.toString()).endsWith("  ETA 1:40 + scoring" + System.lineSeparator());
      line.epoch(new EpochReport(new TrainingClock(1, 6, 100, 300), Map.of(), 16, 0));
      line.epoch(new EpochReport(new TrainingClock(2, 6, 200, 300), Map.of(), 16, 0));
      assertThat(now).as("one picture is measured, once").hasValue(12 * SECOND);
      now.set(30 * SECOND);
      line.step(step(100));
      assertThat(err.toString()).endsWith("  ETA 2:40" + System.lineSeparator());
    }
  }

  @Test
  void aFileGetsALineEveryTenSecondsAtMost() {
    ProgressLine line = new ProgressLine(terminal(Terminal.Kind.PLAIN), "", now::get);
    for (int i = 1; i <= 60; i++) {
      now.set(i * SECOND / 2);
      line.step(step(i));
    }
    assertThat(err.toString().lines()).hasSize(3);
  }

  @Test
  void aTerminalGetsOneLineThatIsRewritten() {
    Terminal terminal = terminal(Terminal.Kind.INTERACTIVE);
    ProgressLine line = new ProgressLine(terminal, "", now::get);
    for (int i = 1; i <= 3; i++) {
      now.set(i * SECOND);
      line.scored(i, 3);
    }
    terminal.line("done");
    assertThat(err)
        .hasToString(
            "\r\u001b[K\u001b[?7lscoring 1/3\u001b[?7h"
                + "\r\u001b[K\u001b[?7lscoring 2/3  1.0 pictures/s  ETA 0:01\u001b[?7h"
                + "\r\u001b[K\u001b[?7lscoring 3/3  1.0 pictures/s  ETA 0:00\u001b[?7h"
                + "\r\u001b[Kdone"
                + System.lineSeparator());
  }

  @Test
  void timesReadLikeAClock() {
    assertThat(ProgressLine.clockTime(7.4)).isEqualTo("0:07");
    assertThat(ProgressLine.clockTime(192)).isEqualTo("3:12");
    assertThat(ProgressLine.clockTime(3753)).isEqualTo("1:02:33");
  }
}
