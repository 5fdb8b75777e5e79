package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.listener.RunView;
import dev.wsss.api.listener.StepReport;
import dev.wsss.api.metric.Score;
import dev.wsss.api.weights.WeightsFile;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.checkpoint.ArrayFile;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.loop.TrainingException;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.wiring.InitialWeights;
import dev.wsss.train.wiring.WiredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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

  /** MAM, which has no labels of pixels, shows none. */
  @Test
  void showsWhatASlotWasFedOnAPageAnEpoch() throws IOException {
    train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT);

    assertThat(names("a/supervision")).containsExactlyInAnyOrder("epoch-1.html", "epoch-2.html");
    String page = Files.readString(temp.resolve("a/supervision/epoch-2.html"));
    assertThat(page).contains("Crops of step 8, the last one of epoch 2.");
    assertThat(page.split("<figure class=\"card\"", -1)).hasSize(1 + 8);
    assertThat(page.split("<small>rcm/labels</small>", -1)).hasSize(1 + 8);
    assertThat(page).doesNotContain("<small>mam");
  }

  @Test
  void aRunWithoutSuchASlotHasNoPages() {
    train(
        SmallRuns.resolved("self-supervision.rcm=null", "training.epochs=1"),
        "a",
        Resume.FRESH,
        RunListener.SILENT);

    assertThat(temp.resolve("a/supervision")).doesNotExist();
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
  void slotsOwnLayersLearnAndAreNoPartOfTheNetworksThatARunStartsFrom() throws IOException {
    String own = "self-supervision={rcm: {projection: 8}}";
    train(SmallRuns.resolved(own, "training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);
    train(SmallRuns.resolved(own, "training.epochs=2"), "b", Resume.FRESH, RunListener.SILENT);
    assertThat(projection("a")).hasSameSizeAs(projection("b")).isNotEqualTo(projection("b"));
    ResolvedRun without =
        SmallRuns.resolved("training.epochs=1", "training.start=" + temp.resolve("a"));

    train(without, "c", Resume.FRESH, RunListener.SILENT);

    assertThat(Run.finished(temp.resolve("c"))).isPresent();
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

  /** With a module that remembers, and with layers of its own. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void aRunKilledInAnEpochGoesOnToTheNumbersOfAnUnbrokenOne(int channels) throws IOException {
    ResolvedRun config =
        SmallRuns.resolved(
            MEMORY, "training.epochs=3", "self-supervision.rcm.projection=" + channels);
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
  void pretrainedWeightsAreNotNeededOnceThereIsACheckpoint() throws IOException {
    String[] small = {
      "network.backbone={type: resnet18, batch-norm: trained}",
      "self-supervision=null",
      "training={epochs: 1, batch: 4}",
      "data={type: synthetic, train: 4, val: 1, side: 32}"
    };
    Path weights = temp.resolve("weights.safetensors");
    WiredRun random = WiredRun.of(SmallRuns.config(small));
    try {
      Map<String, NDArray> backbone = new LinkedHashMap<>();
      random
          .student()
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (name.startsWith("backbone.")) {
                  backbone.put(name.substring("backbone.".length()), parameter.getArray());
                }
              });
      ArrayFile.write(random.root(), weights, backbone);
    } finally {
      random.root().close();
    }
    small[0] = "network.backbone={type: resnet18, weights: " + weights + "}";
    ResolvedRun config = SmallRuns.resolved(small);
    RunResult trained = train(config, "a", Resume.FRESH, RunListener.SILENT);

    Files.delete(weights);

    RunResult resumed = train(config, "a", Resume.CONTINUE, RunListener.SILENT);
    assertThat(resumed.scores()).isEqualTo(trained.scores());
    try (Run run = Run.trained(temp.resolve("a"))) {
      assertThat(run.score("val", OptionalDouble.empty(), RunListener.SILENT).scores())
          .isEqualTo(trained.scores());
    }
  }

  @Test
  void refusesToStartAfreshInAUsedFolder() throws IOException {
    Files.writeString(Files.createDirectory(temp.resolve("a")).resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            temp.resolve("a")
                + " is not empty, and nothing in it is overwritten; choose another folder");
  }

  @Test
  void offersToGoOnWhereARunWasStarted() {
    train(SmallRuns.resolved("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            temp.resolve("a")
                + " is not empty, and nothing in it is overwritten; go on with --resume"
                + " (Resume.CONTINUE in Java), or choose another folder");
  }

  @Test
  void doesNotGoOnInAFolderThatIsNoRuns() throws IOException {
    Path mask = Files.createDirectories(temp.resolve("a/masks")).resolve("val-00000.png");
    Files.writeString(mask, "my own");

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.CONTINUE, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            "cannot resume "
                + temp.resolve("a")
                + ": no run was started there, and nothing in it is overwritten (it holds"
                + " 'masks'); choose another folder");
    assertThat(mask).hasContent("my own");
  }

  @Test
  void aProgramsOwnListenerHearsEverythingAndMayStop() {
    List<String> heard = new ArrayList<>();
    RunListener own =
        new RunListener() {
          @Override
          public void started(RunView run) {
            heard.add("started");
          }

          @Override
          public void epoch(EpochReport report) {
            heard.add("epoch " + report.clock().epoch());
          }

          @Override
          public Optional<String> reasonToStop() {
            return heard.contains("epoch 1") ? Optional.of("enough") : Optional.empty();
          }

          @Override
          public void finished(Map<String, List<Score>> scores) {
            heard.add("finished with " + scores.keySet());
          }
        };

    RunResult result = train(SmallRuns.resolved("training.epochs=3"), "a", Resume.FRESH, own);

    assertThat(heard)
        .containsExactly("started", "epoch 1", "finished with " + result.scores().keySet());
  }

  @Test
  void aDamagedResultIsNamed() throws IOException {
    Files.writeString(temp.resolve("scores.json"), "{");

    assertThatThrownBy(() -> Run.finished(temp))
        .isInstanceOf(RunFolderException.class)
        .hasMessageStartingWith(temp.resolve("scores.json") + " is damaged: ")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void twoDoNotTrainInOneFolder() {
    Path folder = temp.resolve("a");
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatThrownBy(
              () -> train(SmallRuns.resolved(), "a", Resume.CONTINUE, RunListener.SILENT))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              folder
                  + " is in use by this process; wait until that ends, or choose another folder");
    }
    assertThat(folder).doesNotExist();
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
                + ": since it was started, optimiser.rate was 0.05 and is 0.01; give the same"
                + " configuration, or choose another folder");
  }

  @Test
  void doesNotGoOnFromACheckpointOfAnUnknownConfiguration() throws IOException {
    train(SmallRuns.resolved("training.epochs=1"), "a", Resume.FRESH, RunListener.SILENT);
    Files.delete(temp.resolve("a/provenance.json"));

    assertThatThrownBy(() -> train(SmallRuns.resolved(), "a", Resume.CONTINUE, RunListener.SILENT))
        .isInstanceOf(RunFolderException.class)
        .hasMessage(
            "cannot resume "
                + temp.resolve("a")
                + ": it holds a checkpoint, but no provenance.json that says what made it; choose"
                + " another folder");
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
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures")).truncate("train2.jpg");
    String data = pictures.data();
    RunResult result =
        train(SmallRuns.resolved(data, "training.batch=2"), "a", Resume.FRESH, RunListener.SILENT);
    assertThat(result.badImages()).isEqualTo(1);

    ResolvedRun strict = SmallRuns.resolved(data, "training.batch=2", "training.on-bad-image=fail");
    assertThatThrownBy(() -> train(strict, "b", Resume.FRESH, RunListener.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            pictures.image("train2.jpg")
                + PictureFolder.DAMAGE
                + " (on-bad-image: skip would take another picture instead)");
  }

  @Test
  void batchOneWithLeaveOneOutIsRefusedBeforeTraining() {
    ResolvedRun config =
        SmallRuns.resolved(
            "training.batch=1", "self-supervision={rcm: {prototype-pooling: leave-one-out}}");
    assertThatThrownBy(() -> Run.check(config, InitialWeights.PRETRAINED))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "self-supervision.rcm: prototype-pooling is leave-one-out, which averages over the other"
                + " images of a batch, but training.batch is 1; choose prototype-pooling batch or memory, or a batch"
                + " of at least 2");
  }

  @Test
  void aCropThatLeavesNothingToLookAtIsRefused() {
    assertThatThrownBy(
            () -> Run.check(SmallRuns.resolved("augmentation.crop=1"), InitialWeights.RANDOM))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "augmentation.crop: is 1, at the run's smallest scale, 0.5, 0; the network needs 4"
                + " pixels, so at least 8");
  }

  @Test
  void refinersOfAModuleWithoutTeacherAreRefused() {
    String seam = "self-supervision={seam: {scale: 0.5, refine: {pixel-adaptive: {}}}}";

    assertThatThrownBy(() -> Run.check(SmallRuns.resolved(seam), InitialWeights.RANDOM))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "self-supervision.seam.refine: the module of this slot looks at no map of the teacher,"
                + " so nothing would be refined; remove refine");
  }

  @Test
  void aBatchThatThePicturesDoNotFillIsRefusedBeforeTraining() {
    assertThatThrownBy(
            () -> Run.check(SmallRuns.resolved("training.batch=33"), InitialWeights.RANDOM))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "32 training pictures do not fill one batch of 33; batch may be at most 32 here");
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

  private float[] projection(String folder) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Path student = temp.resolve(folder).resolve("checkpoints/last/student.safetensors");
      return WeightsFile.open(student).read(manager, "slots.rcm.weight").toFloatArray();
    }
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
