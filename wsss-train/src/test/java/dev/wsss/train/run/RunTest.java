package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.StepReport;
import dev.wsss.eval.cam.HeldOut;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.provenance.RunFolderException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
  private static final String MEMORY =
      "self-supervision={rcm: {prototype-pooling: memory}, mam: {from-epoch: 2}}";
  @TempDir Path temp;

  @Test
  void leavesAFolderThatHoldsCheckpointMetricsMapsAndScores() throws IOException {
    RunResult result = train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT);

    assertThat(result.split()).isEqualTo("val");
    assertThat(result.scores()).containsOnlyKeys("cam-miou", "image-map");
    assertThat(Run.finished(temp.resolve("a"))).contains(result);
    assertThat(names("a/checkpoints/last"))
        .containsExactlyInAnyOrder(
            "student.safetensors",
            "teacher.safetensors",
            "optimiser.safetensors",
            "modules.json",
            "progress.json",
            "SHA256SUMS");
    assertThat(names("a/cams")).hasSize(2);
    assertThat(names("a/masks")).hasSameElementsAs(names("a/cams"));
    assertThat(temp.resolve("a/report.html")).exists();
    assertThat(temp.resolve("a/config.resolved.yaml")).content().contains("# small.yaml:");
    assertThat(temp.resolve("a/provenance.json")).content().contains("\"fingerprint\"");
    assertThat(temp.resolve("a/curves.csv")).content().contains("\ncam-miou,recall,1.000,mean,");
    assertThat(Files.readAllLines(temp.resolve("a/metrics.csv")))
        .first()
        .isEqualTo("epoch,step,name,value");
  }

  @Test
  void masksAreMapsAtTheHeldOutThreshold() throws Exception {
    RunResult result = train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT);

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

    train(config, "a", Resume.FRESH, RunListener.SILENT);

    String name = names("a/masks").get(0);
    IndexMask expected = ScoreMapFile.read(temp.resolve("a/cams").resolve(name)).mask(0.999);
    IndexMask mask = new MaskFile(temp.resolve("a/masks").resolve(name)).read();
    assertThat(mask.indices()).isEqualTo(expected.indices());
  }

  @Test
  void theMapsOfATrainedSplitAreOfReportedPictures() throws Exception {
    ResolvedRun config = SmallRuns.resolved("scoring.split=train");
    train(config, "a", Resume.FRESH, RunListener.SILENT);

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
    RunResult result = train(config, "a", Resume.FRESH, RunListener.SILENT);

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
  void repeatsItselfBitForBit() throws IOException {
    train(SmallRuns.resolved(MEMORY), "a", Resume.FRESH, RunListener.SILENT);
    train(SmallRuns.resolved(MEMORY), "b", Resume.FRESH, RunListener.SILENT);

    assertSameRun("a", "b");
  }

  @Test
  void startsFromTheNetworksOfAnotherRun() throws IOException {
    train(SmallRuns.resolved("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);
    ResolvedRun config =
        SmallRuns.resolved(
            "training.epochs=1", "training.start=" + temp.resolve("a"), "teacher={type: frozen}");

    train(config, "b", Resume.FRESH, RunListener.SILENT);

    // A frozen teacher still is what the run started from.
    assertThat(temp.resolve("b/checkpoints/last/teacher.safetensors"))
        .hasSameBinaryContentAs(temp.resolve("a/checkpoints/last/teacher.safetensors"));
  }

  @Test
  void saysWhereItFindsNoNetworksToStartFrom() {
    ResolvedRun config = SmallRuns.resolved("training.start=" + temp.resolve("nowhere"));

    assertThatThrownBy(() -> train(config, "b", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there is no checkpoint of a run in " + temp.resolve("nowhere"));
  }

  @Test
  void anotherSeedGivesAnotherRun() throws IOException {
    train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT);
    train(SmallRuns.resolved("training.seed=2"), "b", Resume.FRESH, RunListener.SILENT);

    assertThat(lossLines("a")).isNotEqualTo(lossLines("b"));
  }

  @Test
  void aRunKilledInAnEpochGoesOnToTheNumbersOfAnUnbrokenOne() throws IOException {
    ResolvedRun config = SmallRuns.resolved(MEMORY, "training.epochs=3");
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
    // What a kill in the middle of the second checkpoint would leave as well.
    Path partial = Files.createDirectories(temp.resolve("broken/checkpoints/.last.partial"));
    Files.writeString(partial.resolve("student.safetensors"), "cut off");

    train(config, "broken", Resume.CONTINUE, RunListener.SILENT);

    assertSameRun("unbroken", "broken");
  }

  /** Of the eight steps in two epochs; at the fourth, the checkpoint is written after it. */
  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void anInterruptStopsAtTheNextStepAndTheRunGoesOnLater(int lastStep) throws IOException {
    assertStopsAndGoesOn(
        new RunListener() {
          @Override
          public void step(StepReport report) {
            if (report.clock().step() == lastStep) {
              Thread.currentThread().interrupt();
            }
          }
        },
        "stopped in epoch 2 of 2; the checkpoint of epoch 1 is kept");
  }

  @Test
  void anInterruptWhileScoringStopsAfterThePictureAndTheRunGoesOnLater() throws IOException {
    assertStopsAndGoesOn(
        new RunListener() {
          @Override
          public void scored(int done, int total) {
            if (done == 2) {
              Thread.currentThread().interrupt();
            }
          }
        },
        "stopped after scoring 2 of 22 pictures");
  }

  private void assertStopsAndGoesOn(RunListener interrupter, String message) throws IOException {
    ResolvedRun config = SmallRuns.resolved();
    train(config, "unbroken", Resume.FRESH, RunListener.SILENT);

    assertThatThrownBy(() -> train(config, "stopped", Resume.FRESH, interrupter))
        .isInstanceOf(TrainingException.class)
        .hasMessage(message);
    assertThat(Thread.interrupted()).isTrue();
    train(config, "stopped", Resume.CONTINUE, RunListener.SILENT);

    assertSameRun("unbroken", "stopped");
  }

  @Test
  void refusesToStartAfreshInAUsedFolder() throws IOException {
    Files.writeString(Files.createDirectory(temp.resolve("a")).resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            temp.resolve("a")
                + " is not empty, and nothing in it is overwritten; go on with --resume"
                + " (Resume.CONTINUE in Java), or choose another folder");
  }

  @Test
  void doesNotGoOnInTheFolderOfAnotherConfiguration() {
    train(SmallRuns.resolved("training.epochs=1"), "a", Resume.CONTINUE, RunListener.SILENT);

    assertThatThrownBy(
            () ->
                train(
                    SmallRuns.resolved("training.epochs=1", "optimiser.rate=0.01"),
                    "a",
                    Resume.CONTINUE,
                    RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            "cannot resume "
                + temp.resolve("a")
                + ": it was made with another configuration ('rate: 0.05' there, 'rate: 0.01'"
                + " here); give the same one, or choose another folder");
  }

  @Test
  void doesNotGoOnFromACheckpointOfAnUnknownConfiguration() throws IOException {
    train(SmallRuns.resolved("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);
    Files.delete(temp.resolve("a/config.resolved.yaml"));

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.CONTINUE, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            "cannot resume "
                + temp.resolve("a")
                + ": it holds a checkpoint, but no config.resolved.yaml that says which"
                + " configuration made it; choose another folder");
  }

  @Test
  void scoresTheCheckpointAgainToTheSameNumbers() {
    ResolvedRun config = SmallRuns.resolved();
    RunResult trained = train(config, "a", Resume.FRESH, RunListener.SILENT);
    try (Run run = Run.trained(temp.resolve("a"))) {
      RunResult again = run.score("val", OptionalDouble.empty(), RunListener.SILENT);
      assertThat(again.scores()).isEqualTo(trained.scores());
    }
  }

  @Test
  void namesStepSlotAndBatchWhereALossIsNotFinite() {
    ResolvedRun config =
        SmallRuns.resolved("optimiser.rate=1e30", "self-supervision=null", "training.epochs=1");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 2 of 4: loss 'classification' is (NaN|-?Infinity)(; the parameters were"
                + " not finite before this step)?; batch: (train-\\d+, ){7}train-\\d+; lower"
                + " optimiser\\.rate or set optimiser\\.clip-norm");
  }

  @Test
  void aNetworkThatDivergesInTheLastStepIsNotSaved() {
    ResolvedRun config =
        SmallRuns.resolved(
            "optimiser.rate=1e30",
            "self-supervision=null",
            "training.epochs=1",
            "training.batch=32");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "after epoch 1 the student has diverged: (parameter \\S+ is not finite|its logits of a"
                + " picture of noise reach \\S+); no checkpoint was written; lower optimiser.rate"
                + " or set optimiser.clip-norm");
    assertThat(temp.resolve("a/checkpoints")).doesNotExist();
  }

  @Test
  void theCheckpointBeforeADivergedEpochIsKept() throws IOException {
    ResolvedRun config =
        SmallRuns.resolved(
            "self-supervision={rcm: {weight: 1e30, from-epoch: 2}}",
            "training.divergence-loss=1e38",
            "training.batch=32");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "after epoch 2 the student has diverged: .*; the checkpoint of epoch 1 is kept; lower"
                + " optimiser.rate or set optimiser.clip-norm");
    assertThat(temp.resolve("a/checkpoints/last/progress.json")).content().contains("\"epoch\":1");
  }

  @Test
  void stopsWhereTheTotalDiverges() {
    ResolvedRun config =
        SmallRuns.resolved("training.divergence-loss=0.1", "self-supervision=null");
    assertThatThrownBy(() -> train(config, "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching(
            "epoch 1, step 1 of 8: training diverges: total loss 0\\.\\d+ is above"
                + " training\\.divergence-loss 0\\.1000, most of it from 'classification'; batch:"
                + " .*; lower optimiser\\.rate or set optimiser\\.clip-norm");
  }

  @Test
  void learnsClassesAndWhereTheyAre() {
    ResolvedRun config = ResolvedRun.load("quickstart-base", "self-supervision=null");
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

  @Test
  void skipsATruncatedPictureAndCountsItOrStops() throws IOException {
    Path root = folderWithTruncated("train2.jpg");
    String data = "data={type: folder, root: '" + root + "'}";
    RunResult result =
        train(SmallRuns.resolved(data, "training.batch=2"), "a", Resume.FRESH, RunListener.SILENT);
    assertThat(result.badImages()).isEqualTo(1);

    ResolvedRun strict = SmallRuns.resolved(data, "training.batch=2", "training.on-bad-image=fail");
    assertThatThrownBy(() -> train(strict, "b", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            root.resolve("images/train2.jpg")
                + DAMAGE
                + " (on-bad-image: skip would take another picture instead)");
  }

  @Test
  void leavesATruncatedPictureOutOfTheScoresAndCountsItOrStops() throws IOException {
    Path root = folderWithTruncated("val1.jpg");
    String data = "data={type: folder, root: '" + root + "'}";
    ResolvedRun config = SmallRuns.resolved(data, "training.batch=2");
    RunResult result = train(config, "a", Resume.FRESH, RunListener.SILENT);
    assertThat(result.badImages()).isZero();
    assertThat(result.badPictures()).isEqualTo(1);
    String line = "1 picture was left out of the scores; the log says which and why.";
    assertThat(result.leftOut()).contains(line);
    assertThat(temp.resolve("a/report.html")).content().contains(line);

    try (Run run = Run.trained(temp.resolve("a"), "training.on-bad-image=fail")) {
      assertThatThrownBy(() -> run.score("val", OptionalDouble.empty(), RunListener.SILENT))
          .isInstanceOf(DataException.class)
          .hasMessage(
              root.resolve("images/val1.jpg")
                  + DAMAGE
                  + " (on-bad-image: skip would leave it out of the scores instead)");
    }
  }

  @Test
  void batchOneWithLeaveOneOutIsRefusedBeforeTraining() {
    ResolvedRun config =
        SmallRuns.resolved(
            "training.batch=1", "self-supervision={rcm: {prototype-pooling: leave-one-out}}");
    assertThatThrownBy(() -> Run.check(config))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "self-supervision.rcm: prototype-pooling is leave-one-out, which averages over the other"
                + " images of a batch, but training.batch is 1; choose prototype-pooling batch or memory, or a batch"
                + " of at least 2");
  }

  @Test
  void aCropThatLeavesNothingToLookAtIsRefused() {
    assertThatThrownBy(() -> Run.check(SmallRuns.resolved("augmentation.crop=1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "augmentation.crop: is 1, at the run's smallest scale, 0.5, 0; the network's output"
                + " stride is 4, so at least 8");
  }

  @Test
  void aBatchThatThePicturesDoNotFillIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> Run.check(SmallRuns.resolved("training.batch=33")))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "32 training pictures do not fill one batch of 33; batch may be at most 32 here");
  }

  private static final String DAMAGE =
      ": broken (Truncated File - Missing EOI marker; Corrupt JPEG data: premature end of data"
          + " segment)";

  /** Six pictures of two classes, one of them cut off. */
  private Path folderWithTruncated(String torn) throws IOException {
    Path root = Files.createDirectories(temp.resolve("pictures"));
    Files.createDirectories(root.resolve("images"));
    Files.createDirectories(root.resolve("masks"));
    Files.writeString(root.resolve("classes.txt"), "background\nsquare\nround\n");
    StringBuilder labels = new StringBuilder("image,split,labels\n");
    for (int i = 0; i < 6; i++) {
      String name = i < 4 ? "train" + i : "val" + (i - 4);
      Path file = root.resolve("images").resolve(name + ".jpg");
      ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
      new MaskFile(root.resolve("masks").resolve(name + ".png"))
          .write(new IndexMask(64, 64, new byte[64 * 64]));
      labels.append(name).append(i < 4 ? ".jpg,train," : ".jpg,val,");
      labels.append(i % 2 == 0 ? "square\n" : "round\n");
    }
    Files.writeString(root.resolve("labels.csv"), labels);
    Path file = root.resolve("images").resolve(torn);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 8));
    return root;
  }

  private RunResult train(ResolvedRun config, String folder, Resume resume, RunListener listener) {
    try (Run run = Run.open(config, temp.resolve(folder), resume)) {
      return run.train(listener);
    }
  }

  private void assertSameRun(String a, String b) throws IOException {
    assertThat(lossLines(a)).isEqualTo(lossLines(b)).isNotEmpty();
    for (String file :
        List.of(
            "checkpoints/last/student.safetensors",
            "checkpoints/last/teacher.safetensors",
            "checkpoints/last/optimiser.safetensors",
            "checkpoints/last/modules.json")) {
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
