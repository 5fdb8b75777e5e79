package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.RunConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final String MEMORY =
      "self-supervision={rcm: {prototype-pooling: memory}, mam: {from-epoch: 2}}";
  @TempDir Path temp;

  @Test
  void leavesAFolderThatHoldsCheckpointMetricsSamplesAndScores() throws IOException {
    RunResult result = train(SmallRuns.config(), "a", Resume.FRESH, RunListener.SILENT);

    assertThat(result.split()).isEqualTo("val");
    assertThat(result.scores()).containsOnlyKeys("cam-miou", "image-map");
    assertThat(Run.finished(temp.resolve("a"))).contains(result);
    assertThat(names("a/checkpoints/last"))
        .containsExactlyInAnyOrder(
            "student.safetensors",
            "teacher.safetensors",
            "optimiser.safetensors",
            "slots.json",
            "progress.json");
    assertThat(names("a/samples")).hasSize(2);
    assertThat(Files.readAllLines(temp.resolve("a/metrics.csv")))
        .first()
        .isEqualTo("epoch,step,name,value");
  }

  @Test
  void repeatsItselfBitForBit() throws IOException {
    train(SmallRuns.config(MEMORY), "a", Resume.FRESH, RunListener.SILENT);
    train(SmallRuns.config(MEMORY), "b", Resume.FRESH, RunListener.SILENT);

    assertSameRun("a", "b");
  }

  @Test
  void anotherSeedGivesAnotherRun() throws IOException {
    train(SmallRuns.config(), "a", Resume.FRESH, RunListener.SILENT);
    train(SmallRuns.config("training.seed=2"), "b", Resume.FRESH, RunListener.SILENT);

    assertThat(lossLines("a")).isNotEqualTo(lossLines("b"));
  }

  @Test
  void aRunKilledInAnEpochGoesOnToTheNumbersOfAnUnbrokenOne() throws IOException {
    RunConfig config = SmallRuns.config(MEMORY, "training.epochs=3");
    train(config, "unbroken", Resume.FRESH, RunListener.SILENT);
    RunListener killer =
        new RunListener() {
          @Override
          public void step(StepReport report) {
            if (report.clock().step() == 10) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(() -> train(config, "broken", Resume.FRESH, killer)).hasMessage("killed");
    assertThat(Run.finished(temp.resolve("broken"))).isEmpty();

    train(config, "broken", Resume.CONTINUE, RunListener.SILENT);

    assertSameRun("unbroken", "broken");
  }

  @Test
  void refusesToStartAfreshOverACheckpoint() {
    train(SmallRuns.config("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);

    assertThatThrownBy(() -> train(SmallRuns.config(), "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            temp.resolve("a")
                + " holds a checkpoint of an earlier run; go on with --resume or choose another"
                + " folder");
  }

  @Test
  void refusesTheCheckpointOfAnotherNetwork() {
    train(SmallRuns.config("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);

    assertThatThrownBy(
            () ->
                train(
                    SmallRuns.config("network.head.channels=24"),
                    "a",
                    Resume.CONTINUE,
                    RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            temp.resolve("a/checkpoints/last/student.safetensors")
                + " is of another configuration: head.classifier.weight is (5, 16, 1, 1), not (5,"
                + " 24, 1, 1); head.projection.weight is (16, 32, 1, 1), not (24, 32, 1, 1)");
  }

  @Test
  void scoresTheCheckpointAgainToTheSameNumbers() {
    RunConfig config = SmallRuns.config();
    RunResult trained = train(config, "a", Resume.FRESH, RunListener.SILENT);
    try (Run run = Run.wire(config)) {
      RunResult again = run.score(temp.resolve("a"), "val", RunListener.SILENT);
      assertThat(again.scores()).isEqualTo(trained.scores());
    }
  }

  @Test
  void namesStepSlotAndBatchWhereALossIsNotFinite() {
    RunConfig config =
        SmallRuns.config("optimiser.rate=1e30", "self-supervision=null", "training.epochs=1");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 2 of 4: loss 'classification' is (NaN|-?Infinity)(; the parameters were"
                + " not finite before this step)?; batch: (train-\\d+, ){7}train-\\d+; lower"
                + " optimiser\\.rate or set optimiser\\.clip-norm; the last checkpoint is kept");
  }

  @Test
  void stopsWhereTheTotalDiverges() {
    RunConfig config = SmallRuns.config("training.divergence-loss=0.1", "self-supervision=null");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 1 of 8: training diverges: total loss 0\\.\\d+ is above"
                + " training\\.divergence-loss 0\\.1000, most of it from 'classification'; batch:"
                + " .*; lower optimiser\\.rate or set optimiser\\.clip-norm; the last checkpoint is"
                + " kept");
  }

  @Test
  void learnsClassesAndWhereTheyAre() {
    RunConfig config = RunConfigs.load("quickstart-base", "self-supervision=null");
    List<Double> losses = new ArrayList<>();
    RunListener recorder =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            losses.add(report.means().get("classification"));
          }
        };
    RunResult result = train(config, "a", Resume.FRESH, recorder);

    assertThat(losses.get(5)).isLessThan(0.85 * losses.get(0));
    assertThat(result.score("image-map", "map", "none").value()).isGreaterThan(0.5);
    // Calling every pixel background gives 0.13: about 77 % of the pixels, one class of six.
    assertThat(result.score("cam-miou", "miou", "held-out").value()).isGreaterThan(0.6);
  }

  private RunResult train(RunConfig config, String folder, Resume resume, RunListener listener) {
    try (Run run = Run.wire(config)) {
      return run.train(temp.resolve(folder), resume, listener);
    }
  }

  private void assertSameRun(String a, String b) throws IOException {
    assertThat(lossLines(a)).isEqualTo(lossLines(b)).isNotEmpty();
    for (String file :
        List.of(
            "checkpoints/last/student.safetensors",
            "checkpoints/last/teacher.safetensors",
            "checkpoints/last/optimiser.safetensors",
            "checkpoints/last/slots.json")) {
      assertThat(temp.resolve(a).resolve(file))
          .hasSameBinaryContentAs(temp.resolve(b).resolve(file));
    }
    assertThat(Run.finished(temp.resolve(a)).orElseThrow().scores())
        .isEqualTo(Run.finished(temp.resolve(b)).orElseThrow().scores());
  }

  private List<String> lossLines(String folder) throws IOException {
    return Files.readAllLines(temp.resolve(folder).resolve("metrics.csv")).stream()
        .filter(l -> !l.contains("images-per-second") && !l.contains("data-wait"))
        .toList();
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
