package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.run.LearningFailure;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines whose trainings learn and pipelines whose trainings don't, told apart. */
class TrainingCheckTest {
  private static final String[] LEARNING = {
    "data={type: synthetic, train: 96, val: 16, side: 32}", "training.epochs=10",
    "self-supervision=null", "optimiser.rate=0.1"
  };
  private static final List<Double> LEARNED = List.of(0.6, 0.2);
  private static final List<Double> NOT_LEARNED = List.of(0.7, 0.7);
  private static final String LABELS =
      "look at labels.csv and a few pictures: does each line say what its picture shows?";
  private static final String MORE = "more pictures of each class, and pictures that lack it";

  @TempDir private Path temp;

  private PipelineResult run(String... overrides) {
    return new Pipeline(SmallRuns.resolved(overrides), temp.resolve("run"))
        .run(PipelineRange.ALL, PipelineListener.SILENT);
  }

  @Test
  void aPipelineThatLearnsHasNoFailure() {
    PipelineResult result = run(LEARNING);
    assertThat(result.learning()).isEmpty();
    assertThat(result.failure()).isEmpty();
    assertThat(temp.resolve("run/report.html")).content().doesNotContain("Nothing was learned");
  }

  @Test
  void aPipelineThatCannotLearnSaysSoInItsResultAndItsReport() {
    PipelineResult result =
        run("self-supervision=null", "optimiser.rate=1e-9", "network.head.prior=0.01");
    LearningFailure failure = result.learning().orElseThrow();
    assertThat(failure.signs())
        .first()
        .asString()
        .matches(
            "the classification loss ended at \\d\\.\\d{3}; to know only how frequent each class is"
                + " gives 0\\.\\d{3}");
    assertThat(failure.changes())
        .contains(
            "a larger optimiser.rate than 1e-9: with pretrained weights it would be 0.00075, and"
                + " without them more")
        .anyMatch(change -> change.startsWith("-o network.head.prior=from-data, which gives 0."));
    assertThat(result.failure()).contains(failure.toString());
    assertThat(temp.resolve("run/report.html"))
        .content()
        .contains("<h2>Nothing was learned", "network.head.prior=from-data");
  }

  @Test
  void nothingOfItNeedsMasks() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("data")).withoutMasks().trainingAlone();
    PipelineResult result =
        run(
            pictures.data(),
            "augmentation.crop=32",
            "training.batch=2",
            "self-supervision=null",
            "optimiser.rate=1e-9");
    assertThat(result.rows()).allMatch(row -> row.quality().isEmpty());
    assertThat(result.folder("seeds").resolve("empty-maps.json"))
        .content()
        .contains("\"train\"", "\"labelled\": 5");
    assertThat(result.learning().orElseThrow().signs())
        .first()
        .asString()
        .startsWith("the classification loss ended at ");
  }

  @Test
  void lossesThatCannotBeReadEndNoPipeline() throws IOException {
    String[] small = {"self-supervision=null", "optimiser.rate=1e-9", "metrics.image-map=null"};
    PipelineResult result = run(small);
    Files.delete(result.folder("train").resolve("metrics.csv"));
    assertThat(run(small).rows()).isEqualTo(result.rows());
  }

  /** Two trainings on black pictures of two classes, of which the folders hold the losses. */
  private Optional<LearningFailure> check(
      List<Double> first, List<Double> second, String... overrides) throws IOException {
    List<String> all = new ArrayList<>(List.of(new PictureFolder(temp.resolve("data")).data()));
    all.addAll(
        List.of(
            "network.backbone={type: mobilenet-v2, weights: a.safetensors, input: imagenet}",
            "training.epochs=40"));
    all.addAll(List.of(overrides));
    ResolvedRun run = SmallRuns.resolved(all.toArray(String[]::new));
    Made made = new Made();
    made.add("train-first", folder("first", first));
    if (!second.isEmpty()) {
      made.add("train", folder("second", second));
    }
    return new TrainingCheck(run, PipelinePictures.of(run.config(), Run.dataOf(run.config())))
        .check(made);
  }

  private Path folder(String name, List<Double> losses) throws IOException {
    StringBuilder metrics = new StringBuilder("epoch,step,name,value\n");
    for (int i = 0; i < losses.size(); i++) {
      metrics.append("%d,%d,classification,%s\n".formatted(i + 1, i + 1, losses.get(i)));
    }
    Path folder = Files.createDirectories(temp.resolve(name));
    Files.writeString(folder.resolve("metrics.csv"), metrics);
    return folder;
  }

  @Test
  void theFirstTrainingIsMendedWhereItIsWritten() throws IOException {
    String far = "which gives 0.0003 in place of 1e-9 (the loss is a mean over classes: 0.003 does";
    String[] own = {"first={optimiser: {rate: 1e-9}}", "optimiser.rate=1"};
    assertThat(check(NOT_LEARNED, List.of(), own).orElseThrow())
        .as("before the second")
        .hasToString(
            """
            it seems that nothing was learned:
              the classification loss ended at 0.700; to know only how frequent each class is gives 0.693
            what to change:
              -o first.optimiser.rate=from-data, %s for 20, so 0.003 × 2 / 20)"""
                .formatted(far));
    assertThat(check(NOT_LEARNED, NOT_LEARNED, own).orElseThrow().changes())
        .as("the second has started from nothing")
        .singleElement()
        .asString()
        .startsWith("-o first.optimiser.rate=from-data, " + far);
    assertThat(check(NOT_LEARNED, LEARNED, own)).as("the second needed no first").isEmpty();

    String[] shared = {"first={self-supervision: null}", "optimiser.rate=1e-9"};
    assertThat(check(NOT_LEARNED, NOT_LEARNED, shared).orElseThrow().changes())
        .singleElement()
        .asString()
        .startsWith("-o optimiser.rate=from-data, " + far);
    String right = "first={optimiser: {rate: 0.0003}}";
    assertThat(check(NOT_LEARNED, List.of(), right).orElseThrow().changes())
        .containsExactly(LABELS, "-o first.optimiser.rate=0.0001, a third", MORE);
  }

  @Test
  void theSecondTrainingHasAThirdOfTheRate() throws IOException {
    String own = "first={optimiser: {rate: 0.0003}}";
    assertThat(check(LEARNED, LEARNED, own)).isEmpty();
    assertThat(check(LEARNED, List.of(0.3, 0.3), own)).as("it may stay low").isEmpty();
    assertThat(check(LEARNED, NOT_LEARNED, own).orElseThrow().changes())
        .containsExactly(
            "-o optimiser.rate=from-data, which gives 0.0001 in place of 0.05"
                + " (a third of the first training's 0.0003)");
    assertThat(check(LEARNED, NOT_LEARNED, own, "optimiser.rate=0.0001").orElseThrow().changes())
        .containsExactly("-o optimiser.rate=0.000033, a third", LABELS, MORE);
  }

  @Test
  void aLowerRateOfTheSecondTrainingLeavesTheFirstAsItIs() throws IOException {
    for (String rate : List.of("1e-4", "from-data")) {
      String first = rate.equals("from-data") ? "3e-4" : rate;
      String[] shared = {"first={self-supervision: null}", "optimiser.rate=" + rate};
      assertThat(check(LEARNED, NOT_LEARNED, shared).orElseThrow().changes())
          .containsExactly(
              "-o optimiser.rate=0.000033, a third, with -o first.optimiser.rate="
                  + first
                  + ", so that the first training keeps its own",
              LABELS,
              MORE);
    }
  }
}
