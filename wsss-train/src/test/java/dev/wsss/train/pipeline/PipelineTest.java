package dev.wsss.train.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Score;
import dev.wsss.api.network.WeightsException;
import dev.wsss.api.weights.WeightsFile;
import dev.wsss.eval.digest.Sha256;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.config.RefinementConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import dev.wsss.train.provenance.FolderLock;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  private static final String CRF = "pseudo-labels={refine: {dense-crf: {preset: irn-label}}}";
  private static final List<String> STAGES =
      List.of("train", "maps", "seeds", "refine-dense-crf", "pseudo-labels");

  @TempDir private Path temp;

  @Test
  void makesEveryStageOnceAndKeepsItAfterwards() throws IOException {
    Heard first = new Heard();
    PipelineResult result = pipeline("a", CRF).run(PipelineRange.ALL, first);
    assertThat(first.lines).containsExactlyElementsOf(started(STAGES, "it has not run here"));
    Map<String, String> files = files("a");
    String report = Files.readString(temp.resolve("a/report.html"));

    Heard second = new Heard();
    MapCurve curve = MapCurve.read(result.folder("seeds"), "val");
    double threshold = Background.read(result.folder("seeds")).threshold();
    MaskQuality seeds = result.rows().get(2).quality().get("val");
    assertThat(curve.points()).hasSizeGreaterThan(50);
    assertThat(curve.points())
        .as("the masks of the seeds are those of one threshold")
        .filteredOn(point -> Math.abs(point.threshold() - threshold) < 1e-6)
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.precision()).isCloseTo(seeds.precision(), within(0.02));
              assertThat(point.recall()).isCloseTo(seeds.recall(), within(0.02));
            });

    PipelineResult again = pipeline("a", CRF).run(PipelineRange.ALL, second);
    assertThat(second.lines)
        .containsExactlyElementsOf(STAGES.stream().map(s -> s + " kept").toList());
    assertThat(files("a")).isEqualTo(files);
    assertThat(again).isEqualTo(result);
    assertThat(temp.resolve("a/report.html"))
        .hasContent(report)
        .content()
        .contains("The worst pictures", "Precision over recall", "maps at every threshold")
        .contains("<h2>Trainings", "classification", "What each stage cost");
    assertThat(views(report, "Pictures of split train"))
        .hasSize(12)
        .containsOnly("picture truth seeds refine-dense-crf pseudo-labels");
    assertThat(views(report, "Pictures of split val"))
        .hasSize(12)
        .containsOnly("picture truth seeds refine-dense-crf");
    assertThat(views(report, "The worst pictures"))
        .hasSize(16)
        .containsOnly("picture truth seeds refine-dense-crf");
    assertThat(report.split("<figcaption>train-000\\d\\d<i ", -1)).hasSize(1 + 12);
    assertThat(report)
        .contains(
            "<p>12 of 32, chosen by their place and their labels alone: the split is cut into 12 ");
    assertThat(temp.resolve("a/pipeline.csv")).content().contains("\nseeds,val,miou,");
    assertThat(temp.resolve("a/pipeline.md")).content().contains("| refine-dense-crf |");
  }

  @Test
  void imageMapIsWhatScoringTheSameNetworkGives() {
    PipelineResult result = pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
    RunResult scored;
    try (Run run = Run.open(SmallRuns.resolved(CRF), result.folder("train"), Resume.CONTINUE)) {
      scored = run.score("val", OptionalDouble.empty(), RunListener.SILENT);
    }
    Score expected = scored.score("image-map", "map", "none");
    Score own = result.rows().get(2).imageMap().get("val");
    assertThat(own.value()).isCloseTo(expected.value(), within(1e-6)).isBetween(0.2, 0.999999);
    assertThat(own.perClass()).hasSize(5).isEqualTo(expected.perClass());
    assertThat(result.rows().get(2).imageMap()).containsOnlyKeys("train", "val");
    assertThat(result.rows())
        .filteredOn(row -> !row.stage().equals("seeds"))
        .allMatch(row -> row.imageMap().isEmpty());
    assertThat(temp.resolve("a/pipeline.md")).content().contains("| image mAP |");
    assertThat(temp.resolve("a/report.html")).content().contains("image mAP");
    assertThat(temp.resolve("a/pipeline.csv"))
        .content()
        .contains("seeds,val,image-map," + own.value() + "\n");

    PipelineResult without =
        pipeline("a", CRF, "metrics.image-map=null")
            .run(PipelineRange.ALL, PipelineListener.SILENT);
    assertThat(without.folder("seeds")).isNotEqualTo(result.folder("seeds"));
    assertThat(without.tables().toString()).doesNotContain("image mAP");
    PipelineResult alone =
        pipeline("a", CRF, "metrics.cam-miou=null").run(PipelineRange.ALL, PipelineListener.SILENT);
    assertThat(alone.rows().get(2).imageMap()).isEqualTo(result.rows().get(2).imageMap());
  }

  @Test
  void writesMasksThatHoldTheLabelsOfTheirPicturesOnly() throws IOException {
    ResolvedRun run =
        SmallRuns.resolved(CRF, "pseudo-labels.doubt=0.05", "pseudo-labels.coco=true");
    PipelineResult result =
        new Pipeline(run, temp.resolve("a")).run(PipelineRange.ALL, PipelineListener.SILENT);
    Path labels = result.masks().orElseThrow().getParent();
    var data = Run.dataOf(run.config());
    long doubtful = 0;
    for (Example example : data.examples("train")) {
      IndexMask mask = new MaskFolder(labels, data).read(example).orElseThrow();
      for (byte index : mask.indices()) {
        if ((index & 0xff) == IndexMask.IGNORE) {
          doubtful++;
        } else if (index > 0) {
          assertThat(example.labels().get(index - 1)).isTrue();
        }
      }
    }
    assertThat(doubtful).isPositive();
    assertThat(labels.resolve("coco-rle.json")).content().contains("\"file_name\":\"train-00000\"");
    assertThat(labels.resolve("coco-polygons.json")).content().contains("\"segmentation\"");
    assertThat(files("a").keySet())
        .as("only training pictures have pseudo labels")
        .noneMatch(name -> name.contains("pseudo-labels") && name.contains("val-"));
  }

  @Test
  void aChangeRerunsWhatDependsOnItAndOldResultsAreFoundAgain() {
    pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);

    String other = CRF.replace("irn-label", "cam");
    assertThat(pipeline("a", other).plan(PipelineRange.ALL))
        .extracting(PlannedStage::name, PlannedStage::action, PlannedStage::reasons)
        .containsExactly(
            tuple("train", PlannedStage.Action.KEPT, List.of()),
            tuple("maps", PlannedStage.Action.KEPT, List.of()),
            tuple("seeds", PlannedStage.Action.KEPT, List.of()),
            tuple(
                "refine-dense-crf",
                PlannedStage.Action.RUNS,
                List.of("pseudo-labels.refine.dense-crf.preset was irn-label and is cam")),
            tuple(
                "pseudo-labels",
                PlannedStage.Action.RUNS,
                List.of("stage refine-dense-crf has work to do")));
    Heard heard = new Heard();
    pipeline("a", other).run(PipelineRange.ALL, heard);
    assertThat(heard.lines)
        .containsExactly(
            "train kept",
            "maps kept",
            "seeds kept",
            "refine-dense-crf: pseudo-labels.refine.dense-crf.preset was irn-label and is cam",
            "pseudo-labels: stage refine-dense-crf has made something else");

    Heard back = new Heard();
    pipeline("a", CRF).run(PipelineRange.ALL, back);
    assertThat(back.lines)
        .containsExactlyElementsOf(STAGES.stream().map(s -> s + " kept").toList());
  }

  @Test
  void masksAreComparedAnewWhereOtherPicturesAreReported() {
    String given = CRF.replace("refine:", "threshold: 0.3, refine:");
    PipelineResult before = pipeline("a", given).run(PipelineRange.ALL, PipelineListener.SILENT);
    Heard heard = new Heard();
    PipelineResult after =
        pipeline("a", given, "scoring.held-out-share=0.5").run(PipelineRange.ALL, heard);
    assertThat(heard.lines)
        .as("though the background is the same")
        .contains("refine-dense-crf: scoring.held-out-share was 0.2 and is 0.5")
        .anyMatch(line -> line.startsWith("pseudo-labels: scoring.held-out-share was 0.2 and is"));
    assertThat(after.rows().get(4).quality().get("train").pictures())
        .isLessThan(before.rows().get(4).quality().get("train").pictures())
        .isEqualTo(after.rows().get(2).quality().get("train").pictures());
  }

  @Test
  void endsWithTheSameBytesWhereverItWasInterrupted() throws IOException {
    pipeline("whole", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
    for (int picture : new int[] {1, 5, 17}) {
      for (String stage : List.of("maps", "seeds", "refine-dense-crf", "pseudo-labels")) {
        Path folder = temp.resolve("broken");
        try {
          Pipeline pipeline = pipeline("broken", CRF);
          pipeline.run(PipelineRange.ALL, new Interrupt(stage, picture));
        } catch (CancellationException e) {
          assertThat(e)
              .hasMessageMatching(
                  "stopped in stage "
                      + stage
                      + " after \\d+ of \\d+ pictures; the same command goes on from there");
        }
        assertThat(Thread.interrupted()).as("stage %s was reached", stage).isTrue();
        assertThat(folder).isDirectory();
      }
      pipeline("broken", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
      Map<String, String> broken = files("broken");
      broken.entrySet().removeAll(files("whole").entrySet());
      assertThat(broken.keySet()).isEmpty();
      assertThat(files("broken")).hasSameSizeAs(files("whole"));
      delete(temp.resolve("broken"));
    }
  }

  @Test
  void fromAndUntilNameStages() throws IOException {
    Heard heard = new Heard();
    pipeline("a", CRF).run(range(null, "seeds"), heard);
    assertThat(heard.lines)
        .containsExactlyElementsOf(started(STAGES.subList(0, 3), "it has not run here"));

    Heard anew = new Heard();
    pipeline("a", CRF).run(range("seeds", "seeds"), anew);
    assertThat(anew.lines).containsExactly("train kept", "maps kept", "seeds: it has not run here");
    try (Stream<Path> replaced = Files.list(temp.resolve("a/replaced"))) {
      assertThat(replaced.map(p -> String.valueOf(p.getFileName())))
          .singleElement()
          .asString()
          .matches("seeds-[0-9a-f]{12}-1");
    }

    assertThatThrownBy(() -> pipeline("a", CRF).plan(range("seds", null)))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            "there is no stage 'seds'; this pipeline has train, maps, seeds, refine-dense-crf,"
                + " pseudo-labels; did you mean 'seeds'?");
    assertThatThrownBy(() -> pipeline("a", CRF).plan(range("seeds", "maps")))
        .isInstanceOf(PipelineException.class)
        .hasMessage("stage seeds comes after maps; --from names the earlier one of the two");
  }

  @Test
  void stagesAfterTheLastOneAskedForStayInTheTablesWhereTheyStand() throws IOException {
    pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
    String whole = Files.readString(temp.resolve("a/pipeline.csv"));

    Heard heard = new Heard();
    PipelineResult result = pipeline("a", CRF).run(range(null, "seeds"), heard);
    assertThat(heard.lines).containsExactly("train kept", "maps kept", "seeds kept");
    assertThat(result.rows()).extracting(PipelineResult.Row::stage).isEqualTo(STAGES);
    assertThat(temp.resolve("a/pipeline.csv")).hasContent(whole);
    assertThat(temp.resolve("a/report.html")).content().contains("refine-dense-crf");

    pipeline("a", CRF, "pseudo-labels.threshold=0.2")
        .run(range(null, "seeds"), PipelineListener.SILENT);
    assertThat(temp.resolve("a/pipeline.csv"))
        .content()
        .as("nothing stands after other seeds")
        .contains("\nseeds,val,miou,")
        .doesNotContain("refine-dense-crf", "pseudo-labels");
  }

  @Test
  void tellsOfAFinishedStageThatIsGoneOrHasChanged() throws IOException {
    pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
    Path seeds = only(temp.resolve("a/stages/seeds"));
    Path away = temp.resolve("away");
    Files.move(seeds, away);
    Path record = seeds.resolveSibling(seeds.getFileName() + ".json");
    String finished = Files.readString(record);
    assertThatThrownBy(() -> pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            "stage seeds: %s is not as it was finished: %1$s/background.json; bring back what was written, or make it again with --from seeds"
                .formatted(seeds));
    Files.delete(record);
    assertThatThrownBy(() -> pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            "stage seeds was finished, but %s is gone; bring it back, or make it again with --from seeds"
                .formatted(seeds));
    Files.move(away, seeds);
    Files.writeString(record, finished);
    Files.writeString(seeds.resolve("background.json"), " ", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> pipeline("a", CRF).plan(PipelineRange.ALL))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            "stage seeds: %s is not as it was finished; bring back what was written, or make it again with --from seeds"
                .formatted(seeds));
    pipeline("a", CRF).run(range("seeds", null), PipelineListener.SILENT);
  }

  @Test
  void namesAFlippedBitAndTheStageThatMakesItAgain() throws IOException {
    pipeline("a", CRF).run(PipelineRange.ALL, PipelineListener.SILENT);
    Path maps = only(temp.resolve("a/stages/maps"));
    Path shard = maps.resolve("maps/shard-00000.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 4;
    Files.write(shard, bytes);
    Map<String, String> before = files("a");

    assertThatThrownBy(
            () ->
                pipeline("a", CRF, "pseudo-labels.threshold=0.2")
                    .run(PipelineRange.ALL, PipelineListener.SILENT))
        .isInstanceOf(PipelineException.class)
        .hasMessageMatching(
            "stage seeds: "
                + Pattern.quote(shard.toString())
                + ": damaged where picture 'train-\\d{5}' lies, bytes \\d+ to \\d+ \\(checksum"
                + " [0-9a-f]{8}, expected [0-9a-f]{8}\\); delete the folder, and the stage that"
                + " writes it starts again; --from maps does so");
    assertThat(files("a")).containsAllEntriesOf(before);
  }

  @Test
  void goesOnToAWalkAndANetworkThatNeedsNoLabels() throws IOException {
    String[] config = {
      """
      pseudo-labels={refine: {random-walk: {channels: [8, 8], walk: {logt: 2},
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}, training: {epochs: 1}}}}\
      """
          .replace("\n", " "),
      """
      segmentation={network: {head: {type: large-field-of-view, channels: 8, dilation: 2}},
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}, training: {epochs: 1},
        prediction: {scales: [1], refine: {dense-crf: {preset: segmentation}}}}\
      """
          .replace("\n", " ")
    };
    Heard heard = new Heard();
    PipelineResult result = pipeline("a", config).run(PipelineRange.ALL, heard);

    assertThat(pipeline("a", config).stages())
        .containsExactly(
            "train",
            "maps",
            "seeds",
            "affinity-labels-random-walk",
            "affinity-random-walk",
            "refine-random-walk",
            "pseudo-labels",
            "segment",
            "network",
            "network-dense-crf");
    assertThat(heard.lines).hasSize(10).allMatch(line -> line.endsWith(": it has not run here"));
    assertThat(result.rows().get(3).quality())
        .as("affinity labels, most of which are open")
        .isEmpty();
    assertThat(result.rows().get(8).quality()).containsOnlyKeys("val");
    MaskQuality quality = result.rows().get(8).quality().get("val");
    assertThat(result.failure().isPresent())
        .as("one epoch; said where it is no better than background alone")
        .isEqualTo(quality.miou() < quality.trivial().get("background alone") + 0.01);
    assertThat(result.tables().toString()).contains("network-dense-crf");
    assertThat(PipelineModel.in(temp.resolve("a"))).isEqualTo(result.folder("segment"));
    assertThat(PipelineModel.in(temp)).isEqualTo(temp);

    String[] fewerSteps = {config[0].replace("logt: 2", "logt: 1"), config[1]};
    assertThat(pipeline("a", fewerSteps).plan(PipelineRange.ALL))
        .filteredOn(stage -> stage.action() == PlannedStage.Action.RUNS)
        .extracting(PlannedStage::name)
        .as("the walk's network is kept")
        .startsWith("refine-random-walk", "pseudo-labels", "segment");
    String[] mirrored = {config[0], config[1].replace("scales: [1]", "scales: [1], flip: false")};
    assertThat(pipeline("a", mirrored).plan(PipelineRange.ALL))
        .filteredOn(stage -> stage.action() == PlannedStage.Action.RUNS)
        .extracting(PlannedStage::name)
        .as("the segmentation network is kept")
        .containsExactly("network", "network-dense-crf");
    Heard other = new Heard();
    pipeline("a", mirrored).run(PipelineRange.ALL, other);
    assertThat(other.lines)
        .contains("segment kept", "network: segmentation.prediction.flip was true and is false");
  }

  /** With a rate of 0 its weights are still the student's when training ends. */
  @Test
  void theSegmentationNetworkMayStartFromTheStudent() {
    String config =
        "segmentation={start: student, optimiser: {rate: 0},"
            + " network: {head: {type: projected, channels: %d}},"
            + " augmentation: {crop: 32, long-side-min: 0, long-side-max: 0},"
            + " training: {epochs: 1}}";
    int channels = 16;
    PipelineResult result =
        pipeline("a", config.formatted(channels))
            .run(range(null, "segment"), PipelineListener.SILENT);

    Path last = Path.of("checkpoints/last");
    Map<String, float[]> student =
        weights(result.folder("train").resolve(last).resolve("student.safetensors"));
    Map<String, float[]> segments =
        weights(result.folder("segment").resolve(last).resolve("network.safetensors"));
    assertThat(student).containsKeys("head.projection.weight", "head.classifier.weight");
    assertThat(segments.keySet()).isEqualTo(student.keySet());
    float[] classifier = segments.remove("head.classifier.weight");
    assertThat(Arrays.copyOf(classifier, channels)).as("background").containsOnly(0);
    assertThat(Arrays.copyOfRange(classifier, channels, classifier.length))
        .containsExactly(student.remove("head.classifier.weight"));
    student.forEach((name, values) -> assertThat(segments.get(name)).containsExactly(values));
    assertThat(result.folder("segment").resolve("metrics.csv"))
        .content()
        .contains("labels/background", "scores/background", "validation/miou");
  }

  private static Map<String, float[]> weights(Path file) {
    WeightsFile stored = WeightsFile.open(file);
    Map<String, float[]> values = new TreeMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (String name : stored.shapes().keySet()) {
        if (name.endsWith("weight")) {
          values.put(name, stored.read(manager, name).toFloatArray());
        }
      }
    }
    return values;
  }

  @Test
  void aBatchThatTheTrainingPicturesDoNotFillIsToldBeforeAnythingRuns() {
    assertThatThrownBy(
            () ->
                pipeline(
                    "a",
                    "segmentation={network: {head: {type: projected}}, training: {batch: 33}}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "segmentation.training.batch: is 33, and there are 32 training pictures; allowed are 1"
                + " to 32");
    assertThat(temp.resolve("a")).doesNotExist();
  }

  @Test
  void whatIsWrongWithALaterStageIsToldBeforeTheFirstOneRuns() {
    Path missing = temp.resolve("missing.safetensors");
    Pipeline pipeline =
        pipeline(
            "a",
            "segmentation={network: {backbone: {type: mobilenet-v2, weights: '"
                + missing
                + "'}, head: {type: projected}}}");
    Heard heard = new Heard();

    assertThatThrownBy(() -> pipeline.run(PipelineRange.ALL, heard))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "segmentation.network.backbone.weights: weights "
                + missing
                + ": no such file; name another file with -o"
                + " segmentation.network.backbone.weights=FILE, such as that of 'wsss weights fetch"
                + " mobilenet-v2'");
    assertThat(heard.lines).isEmpty();
    assertThat(temp.resolve("a")).doesNotExist();
    assertThatThrownBy(
            () ->
                pipeline(
                        "a",
                        "pseudo-labels={refine: {random-walk: {backbone: {type: resnet18, weights: '"
                            + missing
                            + "'}}}}")
                    .run(PipelineRange.ALL, heard))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "pseudo-labels.refine.random-walk.backbone.weights: weights "
                + missing
                + ": no such file; name another file with -o"
                + " pseudo-labels.refine.random-walk.backbone.weights=FILE, such as that of 'wsss"
                + " weights fetch resnet18'");
    pipeline.run(range(null, "maps"), heard); // which needs no such network
    assertThat(heard.lines).hasSize(2);
  }

  @Test
  void leavesOutAPictureThatCannotBeReadOrEndsThereWhereThatIsAskedFor() throws IOException {
    PictureFolder folder = new PictureFolder(temp.resolve("data")).truncate("train1.jpg");
    String[] small = {
      folder.data(), "augmentation.crop=32", "training.batch=2", "self-supervision=null"
    };
    String[] failing = Arrays.copyOf(small, small.length + 1);
    failing[small.length] = "training.on-bad-image=fail";

    PipelineResult result = pipeline("a", small).run(PipelineRange.ALL, PipelineListener.SILENT);
    Path masks = result.masks().orElseThrow();
    try (Stream<Path> written = Files.list(masks)) {
      assertThat(written.map(mask -> String.valueOf(mask.getFileName())))
          .containsExactlyInAnyOrder("train0.png", "train2.png", "train3.png");
    }
    String report = Files.readString(temp.resolve("a/report.html"));
    assertThat(report)
        .contains(
            "<span class=\"none\">"
                + folder.image("train1.jpg")
                + PictureFolder.DAMAGE
                + "</span><small>picture</small></span>",
            "<span class=\"none\">no mask</span><small>seeds</small></span>")
        .contains("<figcaption>train1.jpg<i ");
    assertThat(views(report, "Pictures of split train"))
        .hasSize(4)
        .containsOnly("picture truth seeds pseudo-labels");
    assertThatThrownBy(() -> pipeline("b", failing).run(PipelineRange.ALL, PipelineListener.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.image("train1.jpg")
                + PictureFolder.DAMAGE
                + " (on-bad-image: skip would take another picture instead)");
  }

  @Test
  void labelsTrainingPicturesWhereThereAreNoMasksAndNoOtherSplit() throws IOException {
    PictureFolder folder = new PictureFolder(temp.resolve("data")).withoutMasks().trainingAlone();
    PipelineResult result =
        pipeline(
                "a",
                folder.data(),
                "augmentation.crop=32",
                "training.batch=2",
                "self-supervision=null",
                "segmentation={network: {head: {type: large-field-of-view, channels: 8}},"
                    + " augmentation: {crop: 32, long-side-min: 0, long-side-max: 0},"
                    + " training: {epochs: 1, batch: 2}}")
            .run(PipelineRange.ALL, PipelineListener.SILENT);

    assertThat(result.folder("seeds").resolve("background.json"))
        .content()
        .contains("\"rule\": \"THRESHOLD\"", "\"mode\": \"share\"");
    try (Stream<Path> written = Files.list(result.masks().orElseThrow())) {
      assertThat(written).hasSize(6);
    }
    assertThat(result.masks().orElseThrow().getParent()).isEqualTo(result.folder("network"));
    assertThat(result.tables()).hasSize(1);
    assertThat(result.tables().get(0).heading()).isEqualTo("No exact masks to compare with");
    String report = Files.readString(temp.resolve("a/report.html"));
    assertThat(report)
        .contains("Split train has no exact masks to compare with, so look at its pictures.")
        .doesNotContain("No exact masks to compare with");
    assertThat(headings(report))
        .containsExactly(
            "Nothing was learned", "Pictures of split train", "Trainings", "What each stage cost");
    assertThat(views(report, "Pictures of split train"))
        .hasSize(6)
        .containsOnly("picture seeds pseudo-labels network");
  }

  @Test
  void aWalkOutsideAPipelineNamesWhatItLacks() {
    assertThatThrownBy(
            () ->
                RefinementConfig.of(
                    loader(), List.of("random-walk"), List.of("refine.random-walk.backbone=tiny")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "refine.random-walk: network is missing; it is the folder of a trained affinity network,"
                + " such as stages/affinity-random-walk/… of a folder of wsss run");
  }

  private static ConfigLoader loader() {
    ClassLoader classes = PipelineTest.class.getClassLoader();
    return new ConfigLoader(PluginCatalog.discover(classes), classes);
  }

  @Test
  void refusesAFolderInUseOrOfSomethingElse() throws IOException {
    Path folder = temp.resolve("a");
    Pipeline pipeline = pipeline("a", CRF);
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatThrownBy(() -> pipeline.run(PipelineRange.ALL, PipelineListener.SILENT))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              folder
                  + " is in use by this process; wait until that ends, or choose another folder");
    }
    Path other = Files.createDirectory(temp.resolve("b"));
    Files.writeString(other.resolve("thesis.tex"), "mine");
    assertThatThrownBy(() -> pipeline("b", CRF))
        .isInstanceOf(PipelineException.class)
        .hasMessage(
            other
                + " is no pipeline's folder, and nothing in it is overwritten (it holds 'thesis.tex');"
                + " choose another folder");
  }

  /** All that stands there when a run is killed before its first stage begins. */
  @Test
  void goesOnInAFolderWhereItWasKilledAsItBegan() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("a"));
    for (String name : List.of(".lock", "run.log", "config.resolved.yaml")) {
      Files.writeString(folder.resolve(name), "");
    }

    assertThat(pipeline("a", CRF).stages()).contains("train");
  }

  private static List<String> headings(String page) {
    return Pattern.compile("<h2>(.*?)</h2>").matcher(page).results().map(f -> f.group(1)).toList();
  }

  /** Of each card of a section what it shows. */
  private static List<String> views(String page, String section) {
    String[] cards =
        page.split("<h2>" + section + "</h2>", 2)[1].split("<h2>", 2)[0].split("<figure", -1);
    return Arrays.stream(cards)
        .skip(1)
        .map(
            card ->
                Pattern.compile("<small>(.*?)</small>")
                    .matcher(card)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private Pipeline pipeline(String folder, String... overrides) {
    return new Pipeline(SmallRuns.resolved(overrides), temp.resolve(folder));
  }

  private static PipelineRange range(String from, String until) {
    return new PipelineRange(Optional.ofNullable(from), Optional.ofNullable(until));
  }

  private static List<String> started(List<String> stages, String reason) {
    return stages.stream().map(stage -> stage + ": " + reason).toList();
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  /** What is to be the same in the end: all but times, and what says when something was made. */
  private Map<String, String> files(String folder) throws IOException {
    Path stages = temp.resolve(folder).resolve("stages");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(stages)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = stages.relativize(file).toString();
        boolean isTimed =
            name.matches(".*(provenance\\.json|metrics\\.csv|progress\\.json|SHA256SUMS)")
                || name.contains("tfevents")
                || name.matches("[^/]*/[0-9a-f]{12}\\.json");
        if (!isTimed && !name.endsWith(".lock")) {
          files.put(name, Sha256.of(file));
        }
      }
    }
    return files;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Writes down what it hears. */
  private static final class Heard implements PipelineListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void kept(int number, int of, String stage, Path folder) {
      lines.add(stage + " kept");
    }

    @Override
    public StageListener started(int number, int of, String stage, Path folder, String reason) {
      lines.add(stage + ": " + reason);
      return StageListener.SILENT;
    }
  }

  /** Interrupts the pipeline at a picture of a stage. */
  private record Interrupt(String at, int picture) implements PipelineListener {
    @Override
    public StageListener started(int number, int of, String stage, Path folder, String reason) {
      Thread pipeline = Thread.currentThread();
      return new StageListener() {
        @Override
        public void picture(int done, int of) {
          if (stage.equals(at) && done >= picture) {
            pipeline.interrupt();
          }
        }
      };
    }
  }
}
