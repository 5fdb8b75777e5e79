package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.fromdata.Advice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that learn and runs that don't, told apart. */
class LearningCheckTest {
  private static final String[] LONGER = {
    "data={type: synthetic, train: 96, val: 16, side: 32}", "training.epochs=10",
    "self-supervision=null", "optimiser.rate=0.1"
  };

  @TempDir private Path temp;

  private RunResult train(ResolvedRun config) {
    try (Run run = Run.open(config, temp.resolve("run"), Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }

  @Test
  void aRunThatLearnsHasNoFailure() {
    assertThat(train(SmallRuns.resolved(LONGER)).failure()).isEmpty();
  }

  @Test
  void aRunThatCannotLearnSaysSoInItsResultAndInItsFolder() {
    RunResult result =
        train(
            SmallRuns.resolved(
                "self-supervision=null", "optimiser.rate=1e-9", "network.head.prior=0.01"));

    LearningFailure failure = result.failure().orElseThrow();
    assertThat(failure.signs())
        .first()
        .asString()
        .matches(
            "the classification loss ended at \\d\\.\\d{3}; to know only how frequent each class is"
                + " gives 0\\.\\d{3}");
    assertThat(failure.changes())
        .anyMatch(
            change ->
                change.matches(
                    "-o network.head.prior=from-data, which gives 0\\.\\d+ in place of 0.01"
                        + " \\(\\d+ of 32 × \\d labels are given\\)"));
    assertThat(Run.finished(temp.resolve("run"))).contains(result);
  }

  /** Six black pictures: one class of two in each, and one class in all. */
  private Optional<LearningFailure> check(List<Double> losses, double map, int empty)
      throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    ResolvedRun run = SmallRuns.resolved(pictures.data());
    EmptyMaps maps = new EmptyMaps();
    var data = Run.dataOf(run.config());
    for (int i = 0; i < 4; i++) {
      float score = i < empty ? 0 : 1;
      ScoreMap one = new ScoreMap(1, 1, new byte[1], new float[] {score});
      maps.add(new Prediction(data.examples("train").get(i), new float[2], one, Optional.empty()));
    }
    Score score = new Score("map", "none", Double.NaN, map, List.of());
    return check(run, losses, false, Optional.of(score), maps);
  }

  private static Optional<LearningFailure> check(
      ResolvedRun run,
      List<Double> losses,
      boolean isLearnedBefore,
      Optional<Score> map,
      EmptyMaps maps) {
    var data = Run.dataOf(run.config());
    LearningCheck check = new LearningCheck(run.config(), data);
    List<String> signs = new ArrayList<>(check.ofLosses(losses, isLearnedBefore));
    signs.addAll(check.ofMaps(data.examples("val"), map, maps));
    return check.failure(signs, Advice.alone(ConfigTree.parse(run.describe(), "test")));
  }

  @Test
  void fineIsFine() throws IOException {
    assertThat(check(List.of(0.69, 0.4), 0.9, 2)).isEmpty();
  }

  @Test
  void eachSignIsToldWithItsNumbers() throws IOException {
    LearningFailure failure = check(List.of(0.71, 0.69), 0.55, 3).orElseThrow();
    assertThat(failure)
        .hasToString(
            """
            it seems that nothing was learned:
              the classification loss ended at 0.690; to know only how frequent each class is gives 0.693
              the mean average precision of the labels is 55.0 %, near the 50.0 % of chance
              the maps of 3 of 4 labelled pictures are empty: nothing of their classes is seen
            what to change:
              -o training.epochs=from-data, which gives 40 in place of 2 (4 pictures; more epochs would learn them by heart)""");
  }

  @Test
  void oneEpochSaysNothingOfTheLoss() throws IOException {
    assertThat(check(List.of(0.71), 0.9, 0)).isEmpty();
  }

  @Test
  void aLossThatStartsLowMayStayThere() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    ResolvedRun run = SmallRuns.resolved(pictures.data());
    ResolvedRun started = SmallRuns.resolved(pictures.data(), "training.start=runs/before");
    List<Double> low = List.of(0.4, 0.39);
    Optional<Score> none = Optional.empty();
    assertThat(check(run, low, true, none, new EmptyMaps())).as("a second training").isEmpty();
    assertThat(check(started, low, false, none, new EmptyMaps())).as("of another run").isEmpty();
    assertThat(check(run, low, false, none, new EmptyMaps()).orElseThrow().signs())
        .containsExactly(
            "the classification loss did not fall: 0.400 in the first epoch, 0.390 in the last");
    assertThat(check(run, List.of(0.4, 0.7), true, none, new EmptyMaps())).isPresent();
  }

  @Test
  void oneClassInAllPicturesCannotBeLearned() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    Path labels = temp.resolve("pictures/labels.csv");
    Files.writeString(labels, Files.readString(labels).replace("round", "square"));
    ResolvedRun run = SmallRuns.resolved(pictures.data(), "training.epochs=40");
    LearningFailure failure =
        check(run, List.of(0.7, 0.1), false, Optional.empty(), new EmptyMaps()).orElseThrow();
    assertThat(failure.signs())
        .containsExactly(
            "all training pictures have the same labels, so that there is nothing to tell apart");
    assertThat(failure.changes())
        .startsWith(
            "add training pictures that lack a class; data.unlabelled=keep takes those that show"
                + " none",
            "look at labels.csv and a few pictures: does each line say what its picture shows?",
            "-o optimiser.rate=0.017, a third");
  }
}
