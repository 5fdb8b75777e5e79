package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
  private static final String[] WALK_AND_NETWORK = {
    "pseudo-labels={refine: {random-walk: {channels: [8, 8], walk: {logt: 2},"
        + " augmentation: {crop: 32, long-side-min: 0, long-side-max: 0},"
        + " training: {epochs: 5}}}}",
    "segmentation={network: {head: {type: large-field-of-view, channels: 8, dilation: 2}},"
        + " augmentation: {crop: 32, long-side-min: 0, long-side-max: 0},"
        + " training: {epochs: 7, batch: 32},"
        + " prediction: {scales: [1], refine: {dense-crf: {preset: segmentation}}}}"
  };

  private static final Trial.Limits ONE_ROUND = new Trial.Limits(0, 0);

  @TempDir private Path temp;

  @Test
  void saysWhatStagesThatHaveNeverRunWouldTakeAndLeavesNothing() throws IOException {
    Path folder = temp.resolve("a");
    List<String> trials = trials();
    List<String> tried = new ArrayList<>();
    Pipeline pipeline = new Pipeline(SmallRuns.resolved(WALK_AND_NETWORK), folder);
    PipelineEstimate estimate = pipeline.estimate(PipelineRange.ALL, ONE_ROUND, tried::add);

    assertThat(folder).doesNotExist();
    assertThat(trials()).isEqualTo(trials);
    assertThat(tried).containsSubsequence(pipeline.stages());
    assertThat(estimate.stages())
        .extracting(expected -> expected.stage().name())
        .containsExactlyElementsOf(pipeline.stages());
    assertThat(estimate.stages())
        .allSatisfy(
            expected -> {
              assertThat(expected.cost().orElseThrow().seconds()).isPositive();
              assertThat(expected.cost().orElseThrow().bytes()).isPositive();
            });
    assertThat(estimate.seconds()).isGreaterThan(cost(estimate, "segment").seconds());

    PipelineResult result = pipeline.run(PipelineRange.ALL, PipelineListener.SILENT);
    for (PipelineResult.Row row : result.rows()) {
      assertThat((double) cost(estimate, row.stage()).bytes() / row.cost().bytes())
          .as("bytes of %s over those that it made", row.stage())
          .isBetween(0.4, 2.5);
      assertThat(cost(estimate, row.stage()).pictures()).isEqualTo(row.cost().pictures());
    }
  }

  @Test
  void triesOnlyWhatWouldRunWithWhatStands() {
    Path folder = temp.resolve("a");
    String crf = "pseudo-labels={refine: {dense-crf: {preset: irn-label}}}";
    new Pipeline(SmallRuns.resolved(crf), folder).run(PipelineRange.ALL, PipelineListener.SILENT);

    List<String> tried = new ArrayList<>();
    PipelineEstimate changed =
        new Pipeline(SmallRuns.resolved(crf.replace("irn-label", "cam")), folder)
            .estimate(PipelineRange.ALL, ONE_ROUND, tried::add);
    assertThat(tried).containsOnly("refine-dense-crf", "pseudo-labels");
    assertThat(changed.stages().stream().filter(expected -> expected.cost().isEmpty()))
        .extracting(expected -> expected.stage().name())
        .containsExactly("train", "maps", "seeds");

    PipelineEstimate finished =
        new Pipeline(SmallRuns.resolved(crf), folder)
            .estimate(
                PipelineRange.ALL,
                stage -> {
                  throw new AssertionError(stage + " was tried");
                });
    assertThat(finished.pictures()).isZero();
    assertThat(finished.seconds()).isZero();
  }

  @Test
  void aRoundTakesMorePicturesWhileThereIsTimeUntilAllAreTried() {
    List<String> tried = new ArrayList<>();
    PipelineRange range = new PipelineRange(Optional.empty(), Optional.of("maps"));
    Trial.Limits hours = new Trial.Limits(10_000, 0);
    Pipeline pipeline = new Pipeline(SmallRuns.resolved(), temp.resolve("a"));
    PipelineEstimate all = pipeline.estimate(range, hours, tried::add);
    assertThat(tried).containsExactly("train", "maps", "train", "maps", "train", "maps");
    assertThat(all.pictures()).as("of each split at most: 4, 16, all").isEqualTo(32);
  }

  @Test
  void triesAFirstTrainingToo() {
    List<String> tried = new ArrayList<>();
    Pipeline pipeline =
        new Pipeline(
            SmallRuns.resolved("first={self-supervision: null, training: {epochs: 1}}"),
            temp.resolve("a"));
    PipelineRange range = new PipelineRange(Optional.empty(), Optional.of("maps"));
    PipelineEstimate estimate = pipeline.estimate(range, ONE_ROUND, tried::add);
    assertThat(tried).startsWith("train-first", "train", "maps");
    assertThat(estimate.stages()).hasSize(3);
  }

  @Test
  void aTrainingAloneIsTriedWithItsFirst() {
    List<String> tried = new ArrayList<>();
    PipelineEstimate estimate =
        TrainingTrial.estimate(
            SmallRuns.resolved("first={self-supervision: null, training: {epochs: 1}}"),
            ONE_ROUND,
            tried::add);
    assertThat(tried).containsExactly("train-first", "train", "maps");
    assertThat(estimate.stages())
        .extracting(expected -> expected.stage().name())
        .containsExactly("train-first", "train", "maps");
  }

  @Test
  void aTrainingAloneIsTriedWithThePicturesThatItIsScoredOn() throws IOException {
    List<String> trials = trials();
    List<String> tried = new ArrayList<>();
    PipelineEstimate estimate =
        TrainingTrial.estimate(SmallRuns.resolved("training.epochs=3"), ONE_ROUND, tried::add);
    assertThat(tried).containsExactly("train", "maps");
    assertThat(cost(estimate, "train").seconds()).isPositive();
    RunConfig config = SmallRuns.config();
    int apart = PipelinePictures.of(config, Run.dataOf(config)).heldOut().size();
    assertThat(apart).isBetween(1, 31);
    assertThat(cost(estimate, "maps").pictures()).isEqualTo(apart + 16);
    assertThat(estimate.peakMebibytes()).isGreaterThan(100);
    assertThat(trials()).isEqualTo(trials);
  }

  @Test
  void whenItIsStoppedNothingIsLeft() throws IOException {
    List<String> trials = trials();
    for (String at : List.of("train", "maps", "seeds")) {
      Pipeline pipeline = new Pipeline(SmallRuns.resolved(), temp.resolve("a"));
      assertThatThrownBy(
              () ->
                  pipeline.estimate(
                      PipelineRange.ALL,
                      ONE_ROUND,
                      stage -> {
                        if (stage.equals(at)) {
                          Thread.currentThread().interrupt();
                        }
                      }))
          .isInstanceOf(CancellationException.class)
          .hasMessage("the trial was stopped; nothing of it is left");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(trials()).isEqualTo(trials);
    }
  }

  @Test
  void endsWithTheErrorOfTheRunAndLeavesNothing() throws IOException {
    List<String> trials = trials();
    Pipeline pipeline = new Pipeline(SmallRuns.resolved("augmentation.crop=1"), temp.resolve("a"));
    assertThatThrownBy(() -> pipeline.estimate(PipelineRange.ALL, stage -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("augmentation.crop");
    assertThat(trials()).isEqualTo(trials);
  }

  @Test
  void triesTrainingWithEveryLossAtWorkAndRepeatsPictures() {
    List<StepReport> steps = new ArrayList<>();
    try (Run run =
        Run.open(
            SmallRuns.resolved("self-supervision.mam.from-epoch=2", "training.batch=32"),
            temp.resolve("a"),
            Resume.CONTINUE)) {
      run.tryOut(
          3,
          new RunListener() {
            @Override
            public void step(StepReport report) {
              steps.add(report);
            }
          });
    }
    assertThat(steps).hasSize(3);
    assertThat(steps).allSatisfy(step -> assertThat(step.losses()).containsKeys("rcm", "mam"));
  }

  private static StageCost cost(PipelineEstimate estimate, String stage) {
    return estimate.stages().stream()
        .filter(expected -> expected.stage().name().equals(stage))
        .findFirst()
        .flatMap(PipelineEstimate.Expected::cost)
        .orElseThrow();
  }

  /** Folders of trials that are there. */
  private static List<String> trials() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("wsss-trial"))
          .sorted()
          .toList();
    }
  }
}
