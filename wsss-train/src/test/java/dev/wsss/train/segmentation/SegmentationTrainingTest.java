package dev.wsss.train.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import dev.wsss.api.config.Choice;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.NoConfig;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.EpochReport;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.plugin.RegisteredModule;
import dev.wsss.eval.augment.OwnMasks;
import dev.wsss.eval.metric.Confusion;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.checkpoint.Progress;
import dev.wsss.train.config.EngineConfig;
import dev.wsss.train.config.SegmentationConfig;
import dev.wsss.train.config.SegmentationNetworkConfig;
import dev.wsss.train.loop.TrainingException;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationTrainingTest {
  @TempDir private Path temp;

  private static Progress train(
      SegmentationConfig config, Path folder, SegmentationDataset data, RunListener listener) {
    return new SegmentationTraining(config, SmallSegmentation.engine())
        .run(folder, data, data.examples("train"), new OwnMasks(data), listener);
  }

  @Test
  void learnsToSegmentNewPicturesFromExactMasks() throws Exception {
    SegmentationDataset data = SmallSegmentation.data(64, 16);
    SegmentationConfig config =
        SmallSegmentation.config(
            "training.epochs=20",
            "optimiser.rate=0.1",
            "network.backbone.width=16",
            "loss=balanced");

    Progress progress = train(config, temp, data, RunListener.SILENT);

    assertThat(progress.epoch()).isEqualTo(20);
    Confusion learned = new Confusion(2);
    Confusion background = new Confusion(2);
    try (TrainedSegmentation trained = TrainedSegmentation.open(temp);
        Predictor predictor = trained.predictor()) {
      assertThat(trained.classes()).isEqualTo(data.classes());
      for (Example example : data.examples("val")) {
        IndexMask truth = data.mask(example).orElseThrow();
        IndexMask mask = predictor.predict(example.id(), data.image(example)).mask();
        learned.add(example.id(), truth, mask);
        byte[] none = new byte[truth.indices().length];
        background.add(example.id(), truth, new IndexMask(truth.width(), truth.height(), none));
      }
    }
    assertThat(background.miou()).isLessThan(0.35);
    assertThat(learned.miou()).isGreaterThan(background.miou() + 0.2);
  }

  /** What the loss is fed and how good the network is stand in the metrics, and change no byte. */
  @Test
  void metricsSayWhatTheLossIsFedAndHowGoodTheNetworkIs() throws Exception {
    SegmentationDataset data = SmallSegmentation.data(8, 6);
    SegmentationConfig config = SmallSegmentation.config("validation-pictures=4");
    Path watched = temp.resolve("watched");
    List<Map<String, Double>> epochs = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            epochs.add(report.means());
          }
        };
    new SegmentationTraining(
            config, SmallSegmentation.engine(), data.examples("val"), Optional.empty())
        .run(watched, data, data.examples("train"), new OwnMasks(data), listener);
    Path alone = temp.resolve("alone");
    train(config, alone, data, RunListener.SILENT);

    assertThat(epochs).hasSize(2);
    for (Map<String, Double> epoch : epochs) {
      assertThat(epoch)
          .containsKeys(
              "total",
              "labels/background",
              "labels/open",
              "scores/background",
              "scores/object-recall",
              "validation/miou");
      assertThat(epoch.get("labels/background")).isBetween(0.3, 0.95);
      assertThat(epoch.get("labels/open")).isZero();
      assertThat(epoch.get("validation/miou")).isBetween(0.0, 1.0);
    }
    assertThat(watched.resolve("metrics.csv")).content().contains("validation/miou");
    assertThat(alone.resolve("metrics.csv")).content().doesNotContain("validation/miou");
    assertThat(watched.resolve("checkpoints/last/network.safetensors"))
        .hasSameBinaryContentAs(alone.resolve("checkpoints/last/network.safetensors"));
  }

  @Test
  void aStudentIsAskedForWhereThereIsNone() {
    SegmentationDataset data = SmallSegmentation.data(4, 2);

    assertThatThrownBy(
            () ->
                train(
                    SmallSegmentation.config("start=student"),
                    temp.resolve("new"),
                    data,
                    RunListener.SILENT))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "segmentation.start: is student, and there is no run whose student that could be;"
                + " take weights, or say which run");
    assertThat(temp.resolve("new")).doesNotExist();
  }

  /** Dropout draws too. */
  @Test
  void aTrainingThatWasKilledEndsWithTheSameBytes() throws Exception {
    SegmentationDataset data = SmallSegmentation.data(8, 2);
    SegmentationConfig config = SmallSegmentation.config("loss=balanced");
    Path unbroken = temp.resolve("unbroken");
    train(config, unbroken, data, RunListener.SILENT);
    Path killed = temp.resolve("killed");
    RunListener killer =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> train(config, killed, data, killer)).hasMessage("killed");

    assertThat(train(config, killed, data, RunListener.SILENT).epoch()).isEqualTo(2);

    for (String file :
        List.of(
            "segmentation.yaml",
            "checkpoints/last/network.safetensors",
            "checkpoints/last/optimiser.safetensors")) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(unbroken.resolve(file));
    }
  }

  @Test
  void goesOnWhereOnlyTheLookAtPicturesOrTheThreadsAreOthers() throws Exception {
    SegmentationDataset data = SmallSegmentation.data(8, 2);
    Path unbroken = temp.resolve("unbroken");
    train(SmallSegmentation.config("training.epochs=2"), unbroken, data, RunListener.SILENT);

    Path other = temp.resolve("other");
    RunListener killer =
        new RunListener() {
          @Override
          public void epoch(EpochReport report) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(
            () -> train(SmallSegmentation.config("training.epochs=2"), other, data, killer))
        .hasMessage("killed");
    SegmentationConfig changed =
        SmallSegmentation.config(
            "training.epochs=2",
            "training.workers=3",
            "prediction.scales=[0.5]",
            "validation-pictures=1");
    assertThat(train(changed, other, data, RunListener.SILENT).epoch()).isEqualTo(2);

    String network = "checkpoints/last/network.safetensors";
    assertThat(other.resolve(network)).hasSameBinaryContentAs(unbroken.resolve(network));
    assertThat(other.resolve("segmentation.yaml")).content().contains("0.5");
  }

  @Test
  void aFolderOfAnotherConfigurationIsRefused() throws Exception {
    SegmentationDataset data = SmallSegmentation.data(4, 2);
    train(SmallSegmentation.config("training.epochs=1"), temp, data, RunListener.SILENT);
    byte[] before = Files.readAllBytes(temp.resolve("segmentation.yaml"));

    assertThatThrownBy(
            () ->
                train(SmallSegmentation.config("training.seed=2"), temp, data, RunListener.SILENT))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            temp.resolve("segmentation.yaml")
                + " is of another configuration, so that its checkpoint is of another network;"
                + " train in a new folder, or delete this one");
    assertThat(temp.resolve("segmentation.yaml")).hasBinaryContent(before);
  }

  @Test
  void trainingMayGoOnOnAnotherDevice() {
    SegmentationConfig config = SmallSegmentation.config();
    EngineConfig gpu = new EngineConfig(Kernels.TUNED, "cuda:0");
    ClassNames classes = SmallSegmentation.data(4, 2).classes();

    assertThat(SegmentationFile.of(classes, config, gpu))
        .isEqualTo(SegmentationFile.of(classes, config, SmallSegmentation.engine()));
  }

  @Test
  void cropsBelowACellAreRefusedBeforeAnythingIsWritten() {
    SegmentationDataset data = SmallSegmentation.data(4, 2);

    assertThatThrownBy(
            () ->
                train(
                    SmallSegmentation.config("augmentation.crop=3"),
                    temp.resolve("new"),
                    data,
                    RunListener.SILENT))
        .isInstanceOf(ConfigException.class)
        .hasMessage("segmentation.augmentation.crop: is 3; the network needs at least 4 pixels");
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void whatAHeadRefusesIsToldAtItsPlace() {
    SegmentationDataset data = SmallSegmentation.data(4, 2);
    SegmentationConfig usual =
        SmallSegmentation.config("network.head={type: deeplab-v3-plus, dilations: [1]}");
    Choice<Backbone> plain =
        new Choice<>(
            new RegisteredModule<>(Backbone.class, "plain", NoConfig.class, Plain.class, "a test"),
            new NoConfig());
    SegmentationConfig config =
        new SegmentationConfig(
            new SegmentationNetworkConfig(plain, usual.network().head()),
            usual.start(),
            usual.optimiser(),
            usual.augmentation(),
            usual.training(),
            usual.loss(),
            usual.validationPictures(),
            usual.prediction());

    assertThatThrownBy(() -> train(config, temp.resolve("new"), data, RunListener.SILENT))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "segmentation.network.head: deeplab-v3-plus needs features of the backbone at stride 4,"
                + " and this one shows none on the way; choose another backbone, or a head that"
                + " looks at the output alone, such as deeplab-v2");
    assertThat(temp.resolve("new")).doesNotExist();
  }

  /** A backbone without levels. */
  static final class Plain implements Backbone {

    @Inject
    Plain() {}

    @Override
    public Block block() {
      return Blocks.identityBlock();
    }

    @Override
    public FeatureSpec output() {
      return new FeatureSpec(3, 1);
    }

    @Override
    public InputSpec input() {
      return InputSpec.CENTRED;
    }
  }
}
