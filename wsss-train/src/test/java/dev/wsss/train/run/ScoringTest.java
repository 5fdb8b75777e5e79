package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.cam.HeldOut;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says of a split, and the masks that it leaves. */
class ScoringTest {
  @TempDir Path temp;

  @Test
  void masksAreMapsAtTheHeldOutThreshold() throws Exception {
    RunResult result = train(SmallRuns.resolved(), "a");

    String name = names("a/masks").get(0);
    IndexMask expected =
        ScoreMapFile.read(temp.resolve("a/cams").resolve(name))
            .mask(result.score("cam-miou", "miou", "held-out").threshold());
    IndexMask mask = new MaskFile(temp.resolve("a/masks").resolve(name)).read();
    assertThat(mask.indices()).isEqualTo(expected.indices());
  }

  @Test
  void masksTakeTheConfiguredThresholdWhereNoneCouldBeChosen() throws Exception {
    ResolvedRun config =
        SmallRuns.resolved("scoring.held-out-share=0", "scoring.mask-threshold=0.999");

    RunResult result = train(config, "a");

    assertThat(result.masks()).isEqualTo(new MaskThreshold(0.999, "mask-threshold"));
    assertThat(result.score("cam-miou", "miou", "mask-threshold").threshold())
        .as("what such masks are worth is among the scores")
        .isCloseTo(0.999, within(0.005));
    String name = names("a/masks").get(0);
    IndexMask expected = ScoreMapFile.read(temp.resolve("a/cams").resolve(name)).mask(0.999);
    IndexMask mask = new MaskFile(temp.resolve("a/masks").resolve(name)).read();
    assertThat(mask.indices()).isEqualTo(expected.indices());
  }

  @Test
  void theMapsOfATrainedSplitAreOfReportedPictures() throws Exception {
    ResolvedRun config = SmallRuns.resolved("scoring.split=train");
    train(config, "a");

    try (Run run = Run.trained(temp.resolve("a"))) {
      List<String> apart =
          HeldOut.choose(run.data().examples("train"), 0.2, 0).stream()
              .map(example -> example.id() + ".png")
              .toList();
      assertThat(names("a/cams")).hasSize(2).doesNotContainAnyElementsOf(apart);
    }
  }

  @Test
  void labelsAllPicturesOfASplitHeldOutOnesToo() throws Exception {
    ResolvedRun config = SmallRuns.resolved();
    RunResult result = train(config, "a");

    try (Run run = Run.trained(temp.resolve("a"))) {
      Path out = temp.resolve("labels");
      RunResult labelled = run.label("train", out, OptionalDouble.empty(), RunListener.SILENT);

      assertThat(names("labels/masks")).hasSize(run.data().examples("train").size());
      assertThat(names("labels/cams")).hasSameElementsAs(names("labels/masks"));
      assertThat(labelled.masks())
          .isEqualTo(
              new MaskThreshold(
                  result.score("cam-miou", "miou", "held-out").threshold(), "held-out"));
    }
  }

  @Test
  void scoresTheCheckpointAgainToTheSameNumbers() {
    ResolvedRun config = SmallRuns.resolved();
    RunResult trained = train(config, "a");
    try (Run run = Run.trained(temp.resolve("a"))) {
      RunResult again = run.score("val", OptionalDouble.empty(), RunListener.SILENT);
      assertThat(again.scores()).isEqualTo(trained.scores());
    }
  }

  @Test
  void leavesATruncatedPictureOutOfTheScoresAndCountsItOrStops() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures")).truncate("val1.jpg");
    ResolvedRun config = SmallRuns.resolved(pictures.data(), "training.batch=2");
    RunResult result = train(config, "a");
    assertThat(result.badImages()).isZero();
    assertThat(result.badPictures()).isEqualTo(1);
    String line = "1 picture was left out of the scores; the log says which and why.";
    assertThat(result.leftOut()).contains(line);
    assertThat(temp.resolve("a/report.html")).content().contains(line);

    try (Run run = Run.trained(temp.resolve("a"), "training.on-bad-image=fail")) {
      assertThatThrownBy(() -> run.score("val", OptionalDouble.empty(), RunListener.SILENT))
          .isInstanceOf(DataException.class)
          .hasMessage(
              pictures.image("val1.jpg")
                  + PictureFolder.DAMAGE
                  + " (on-bad-image: skip would leave it out of the scores instead)");
    }
  }

  @Test
  void masksTakeTheFixedThresholdThatIsReported() {
    ResolvedRun config =
        SmallRuns.resolved(
            "scoring.held-out-share=0",
            "metrics.cam-miou={modes: [oracle, fixed], fixed-threshold: 0.2}");

    RunResult result = train(config, "a");

    assertThat(result.masks()).isEqualTo(new MaskThreshold(0.2, "fixed"));
    assertThat(result.scores().get("cam-miou")).extracting("mode").containsOnly("oracle", "fixed");
  }

  @Test
  void aGivenThresholdCutsTheMasksAndIsScored() throws Exception {
    train(SmallRuns.resolved("training.epochs=1"), "a");

    try (Run run = Run.trained(temp.resolve("a"))) {
      Path out = temp.resolve("labels");
      RunResult result = run.label("val", out, OptionalDouble.of(0.75), RunListener.SILENT);

      assertThat(result.masks()).isEqualTo(new MaskThreshold(0.75, "given"));
      assertThat(result.score("cam-miou", "miou", "given").threshold()).isEqualTo(0.75);
      String name = names("labels/masks").get(0);
      IndexMask expected = ScoreMapFile.read(out.resolve("cams").resolve(name)).mask(0.75);
      IndexMask mask = new MaskFile(out.resolve("masks").resolve(name)).read();
      assertThat(mask.indices()).isEqualTo(expected.indices());
    }
  }

  @Test
  void whereThereAreTrainingPicturesAloneAndNoMasksAllOfThemAreLabelled() throws IOException {
    PictureFolder pictures =
        new PictureFolder(temp.resolve("pictures")).withoutMasks().trainingAlone();

    RunResult result = train(SmallRuns.resolved(pictures.data(), "training.batch=2"), "a");

    assertThat(result.split()).isEqualTo("train");
    assertThat(result.scores()).isEmpty();
    assertThat(result.masks()).isEqualTo(new MaskThreshold(0.3, "mask-threshold"));
    assertThat(names("a/masks")).hasSize(6);
    assertThat(Run.finished(temp.resolve("a"))).contains(result);
  }

  @Test
  void picturesWithoutMasksGoThroughTheNetworkOnceAndKeepTheirProbabilities() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures")).withoutMasks();
    String[] unmasked = {
      pictures.data(), "training.batch=2", "training.epochs=1", "scoring.maps=1"
    };
    RunResult once = train(SmallRuns.resolved(unmasked), "once");

    assertThat(names("once/cams")).as("the picture whose map is kept").hasSize(1);
    assertThat(once.scores()).as("mAP needs labels alone").containsKey("image-map");
    try (Run run = Run.trained(temp.resolve("once"))) {
      RunResult all =
          run.label("val", temp.resolve("all"), OptionalDouble.empty(), RunListener.SILENT);
      assertThat(all.score("image-map", "map", "none"))
          .isEqualTo(once.score("image-map", "map", "none"));
      assertThat(names("all/cams")).hasSize(2);
    }
  }

  @Test
  void whereTrainingPicturesAloneHaveMasksTheyAreScoredToo() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures")).trainingAlone();

    RunResult result = train(SmallRuns.resolved(pictures.data(), "training.batch=2"), "a");

    assertThat(result.split()).isEqualTo("train");
    assertThat(result.score("cam-miou", "miou", "held-out").threshold())
        .isEqualTo(result.masks().value());
    assertThat(names("a/masks")).hasSize(6);
  }

  @Test
  void aMissingSplitIsAnErrorWhereThereAreOthersToScore() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    ResolvedRun config =
        SmallRuns.resolved(pictures.data(), "training.batch=2", "scoring.split=test");

    assertThatThrownBy(() -> train(config, "a"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "scoring.split: no split 'test'; splits in "
                + temp.resolve("pictures/labels.csv")
                + " are train, val");
    assertThat(temp.resolve("a")).doesNotExist();
  }

  @Test
  void aSplitOfWhichNoPictureCanBeReadIsAnError() throws IOException {
    PictureFolder pictures =
        new PictureFolder(temp.resolve("pictures")).truncate("val0.jpg").truncate("val1.jpg");

    assertThatThrownBy(() -> train(SmallRuns.resolved(pictures.data(), "training.batch=2"), "a"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "none of the 2 pictures to score can be decoded; the last of them: "
                + pictures.image("val1.jpg")
                + PictureFolder.DAMAGE);
    assertThat(Run.finished(temp.resolve("a"))).isEmpty();
  }

  @Test
  void labelsStandWholeOrNotAtAll() throws IOException {
    train(SmallRuns.resolved("training.epochs=1"), "a");
    Path out = temp.resolve("out/labels");
    RunListener interrupter =
        new RunListener() {
          @Override
          public void scored(int done, int total) {
            if (done == 10) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (Run run = Run.trained(temp.resolve("a"))) {
      assertThatThrownBy(() -> run.label("val", out, OptionalDouble.empty(), interrupter))
          .isInstanceOf(TrainingException.class)
          .hasMessage("stopped after scoring 10 of 22 pictures");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(temp.resolve("out")).isEmptyDirectory();

      // What a kill leaves, and a later start takes away.
      Files.writeString(
          Files.createDirectories(temp.resolve("out/.labels.partial/masks")).resolve("x"), "");
      run.label("val", out, OptionalDouble.empty(), RunListener.SILENT);
      assertThat(names("out")).containsExactly("labels");
      assertThat(names("out/labels/masks")).hasSize(16).doesNotContain("x");
    }
  }

  @Test
  void aReportThatCannotBeWrittenDoesNotUndoARun() throws IOException {
    try (Run run =
        Run.open(SmallRuns.resolved("training.epochs=1"), temp.resolve("a"), Resume.FRESH)) {
      Files.writeString(
          Files.createDirectories(temp.resolve("a/report.html")).resolve("in the way"), "");

      RunResult result = run.train(RunListener.SILENT);
      assertThat(Run.finished(temp.resolve("a"))).contains(result);
    }
  }

  private RunResult train(ResolvedRun config, String folder) {
    try (Run run = Run.open(config, temp.resolve(folder), Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
