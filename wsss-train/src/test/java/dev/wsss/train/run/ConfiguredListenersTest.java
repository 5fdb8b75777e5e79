package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.Doc;
import dev.wsss.api.data.Example;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.metric.Score;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.training.Stateful;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners of a configuration are told, may look at and may ask for. */
class ConfiguredListenersTest {
  private static final WsssPlugin PLUGIN =
      registry -> {
        registry.add(RunListener.class, "diary", DiaryConfig.class, Diary.class);
        registry.add(RunListener.class, "broken", NoKeys.class, Broken.class);
        registry.add(RunListener.class, "second-run", NoKeys.class, SecondRun.class);
      };

  @TempDir Path temp;

  record NoKeys() {}

  record DiaryConfig(@Doc(value = "Epochs after which to stop.", byDefault = "99") int epochs) {}

  /** Writes what it sees to the run's folder, and stops after some epochs. */
  static final class Diary implements RunListener, Stateful {
    private final int epochs;
    private final List<String> lines = new ArrayList<>();
    private RunView run;
    private int seen;
    private long steps;

    @Inject
    Diary(DiaryConfig config) {
      this.epochs = config.epochs();
    }

    @Override
    public void started(RunView view) {
      run = view;
      lines.add("started with " + seen);
    }

    @Override
    public void step(StepReport report) {
      steps++;
    }

    @Override
    public void epoch(EpochReport report) {
      seen++;
      boolean same =
          run.student().parameters().stream()
              .allMatch(p -> Arrays.equals(run.student().values(p), run.teacher().values(p)));
      lines.add("epoch " + report.clock().epoch() + (same ? ", networks agree" : ""));
    }

    @Override
    public Optional<String> reasonToStop() {
      return seen >= epochs ? Optional.of("that is enough") : Optional.empty();
    }

    @Override
    public void finished(Map<String, List<Score>> scores) {
      Example example = run.data().examples("val").get(0);
      try {
        int width = run.predict(run.data().image(example), example).map().width();
        lines.add("finished " + steps + " steps, " + scores.keySet() + ", width " + width);
        Files.write(run.folder().resolve("diary.txt"), lines);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Map<String, float[]> state() {
      return Map.of("seen", new float[] {seen});
    }

    @Override
    public void restore(Map<String, float[]> state) {
      seen = (int) state.get("seen")[0];
    }
  }

  static final class Broken implements RunListener {
    @Inject
    Broken() {}

    @Override
    public void epoch(EpochReport report) {
      throw new IllegalStateException("no ink");
    }
  }

  /** Trains another run while the first trains. */
  static final class SecondRun implements RunListener {
    private RunView run;

    @Inject
    SecondRun() {}

    @Override
    public void started(RunView view) {
      run = view;
    }

    @Override
    public void epoch(EpochReport report) {
      Path folder = run.folder().resolve("second");
      try (Run second = Run.open(SmallRuns.resolved(), folder, Resume.FRESH)) {
        assertThatThrownBy(() -> second.train(RunListener.SILENT))
            .isInstanceOf(TrainingException.class)
            .hasMessage(
                "another run trains in this process, and the tensor engine collects gradients for"
                    + " one at a time; train one after the other, or each in a process of its own");
      }
    }
  }

  @Test
  void aSecondTrainingInTheProcessIsRefusedAndTheFirstGoesOn() {
    train(config("training.epochs=1", "listeners={second-run: {}}"), "a", Resume.FRESH);

    assertThat(Run.finished(temp.resolve("a"))).isPresent();
  }

  @Test
  void areToldOfEverythingAndMayLook() throws IOException {
    train(config("listeners={diary: {}}"), "a", Resume.FRESH);

    assertThat(Files.readAllLines(temp.resolve("a/diary.txt")))
        .containsExactly(
            "started with 0",
            "epoch 1",
            "epoch 2",
            "finished 8 steps, [cam-miou, image-map], width 32");
  }

  @Test
  void mayEndTrainingAfterAnEpochAndGoOnCounting() throws IOException {
    ResolvedRun config = config("training.epochs=9", "listeners={early: {type: diary, epochs: 2}}");
    train(config, "a", Resume.FRESH);
    assertThat(Files.readAllLines(temp.resolve("a/diary.txt"))).hasSize(4);

    // Killed while it scored: the same answer follows from the state, and no step is added.
    Files.delete(temp.resolve("a/scores.json"));
    train(config, "a", Resume.CONTINUE);
    assertThat(Files.readAllLines(temp.resolve("a/diary.txt")))
        .containsExactly("started with 2", "finished 0 steps, [cam-miou, image-map], width 32");
  }

  @Test
  void oneThatFailsIsNamed() {
    assertThatThrownBy(() -> train(config("listeners.mine={type: broken}"), "a", Resume.FRESH))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "listeners.mine ("
                + Broken.class.getName()
                + ") failed in epoch: java.lang.IllegalStateException: no ink; run.log or --debug"
                + " shows where");
  }

  private static ResolvedRun config(String... overrides) {
    return SmallRuns.resolved(List.of(PLUGIN), overrides);
  }

  private void train(ResolvedRun config, String folder, Resume resume) {
    try (Run run = Run.open(config, temp.resolve(folder), resume)) {
      run.train(RunListener.SILENT);
    }
  }
}
