package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.metric.Score;
import dev.wsss.api.training.Stateful;
import dev.wsss.api.training.TrainingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link RunListener} promises. Extend it and give {@link #create}.
 *
 * <p>The listener follows a run of six epochs of three steps, whose losses fall for two epochs and
 * then stay.
 */
public abstract class ListenerContract {
  private static final int EPOCHS = 6;
  private static final int STEPS = 3;

  @TempDir Path temp;

  /** A new listener, as at the start of a run. */
  protected abstract RunListener create();

  @Test
  final void followsAWholeRun() {
    try (FakeRun run = new FakeRun(folder("whole"))) {
      RunListener listener = create();
      listener.started(run);
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        epoch(listener, epoch);
      }
      listener.scored(1, 2);
      listener.scored(2, 2);
      listener.finished(
          Map.of("cam-miou", List.of(new Score("miou", "none", Double.NaN, 0.5, List.of()))));
    }
  }

  @Test
  final void bearsARunThatTrainsNoFurtherAndScoresNothing() {
    try (FakeRun run = new FakeRun(folder("nothing"))) {
      RunListener listener = create();
      listener.started(run);
      listener.finished(Map.of());
    }
  }

  @Test
  final void changesNeitherNetwork() {
    try (FakeRun run = new FakeRun(folder("networks"))) {
      var before = run.values();
      RunListener listener = create();
      listener.started(run);
      epoch(listener, 1);
      listener.finished(Map.of());

      assertThat(run.values()).isEqualTo(before);
      assertThat(run.gradientsAreOn()).isTrue();
    }
  }

  @Test
  final void noArrayOutlivesAnEpoch() {
    try (FakeRun run = new FakeRun(folder("arrays"))) {
      RunListener listener = create();
      listener.started(run);
      epoch(listener, 1);
      int arrays = run.arrays();
      epoch(listener, 2);

      assertThat(run.arrays()).isEqualTo(arrays);
    }
  }

  @Test
  final void hasTheSameReasonToStopHoweverOftenItIsAsked() {
    try (FakeRun run = new FakeRun(folder("asked"))) {
      RunListener listener = create();
      listener.started(run);
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        Optional<String> reason = listener.reasonToStop();
        assertThat(listener.reasonToStop()).isEqualTo(reason);
        reason.ifPresent(text -> assertThat(text).isNotBlank());
        epoch(listener, epoch);
      }
    }
  }

  @Test
  final void aResumedRunStopsWhereAnUnbrokenOneDoes() {
    for (int killed = 1; killed < EPOCHS; killed++) {
      try (FakeRun run = new FakeRun(folder("unbroken-" + killed));
          FakeRun again = new FakeRun(folder("resumed-" + killed))) {
        RunListener unbroken = create();
        unbroken.started(run);
        for (int epoch = 1; epoch <= killed; epoch++) {
          epoch(unbroken, epoch);
        }
        RunListener resumed = create();
        if (unbroken instanceof Stateful before && resumed instanceof Stateful after) {
          after.restore(before.state());
        }
        resumed.started(again);
        assertThat(resumed.reasonToStop())
            .as("after epoch %s", killed)
            .isEqualTo(unbroken.reasonToStop());
        for (int epoch = killed + 1; epoch <= EPOCHS; epoch++) {
          epoch(unbroken, epoch);
          epoch(resumed, epoch);
          assertThat(resumed.reasonToStop())
              .as("killed after epoch %s, asked after %s", killed, epoch)
              .isEqualTo(unbroken.reasonToStop());
        }
      }
    }
  }

  @Test
  final void theReasonAloneDoesNotThrowBeforeTheRunHasStarted() {
    assertThatCode(() -> create().reasonToStop()).doesNotThrowAnyException();
  }

  private static void epoch(RunListener listener, int epoch) {
    double loss = epoch <= 2 ? 1.0 / epoch : 0.5;
    Map<String, Double> losses = Map.of("classification", loss, "total", loss);
    for (int i = 1; i <= STEPS; i++) {
      listener.step(new StepReport(clock(epoch, i), 4, 0.1, 0.01, 0.1, losses));
    }
    Map<String, Double> means = Map.of("classification", loss, "total", loss, "rate", 0.1);
    listener.epoch(new EpochReport(clock(epoch, STEPS), means, 40, 0.1));
  }

  private static TrainingClock clock(int epoch, int step) {
    return new TrainingClock(
        epoch, EPOCHS, (long) (epoch - 1) * STEPS + step, (long) EPOCHS * STEPS);
  }

  private Path folder(String name) {
    try {
      return Files.createDirectory(temp.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
