package dev.wsss.train.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.augment.OwnMasks;
import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.eval.predict.SegmentedPrediction;
import dev.wsss.train.cli.WsssProgram;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedSegmentationTest {
  private static final SegmentationDataset DATA = SmallSegmentation.data(8, 3);
  @TempDir private static Path folder;

  /** By the tensor library, not by ONNX Runtime. */
  private static final String IN_ENGINE = "engine.kernels=plain";

  @TempDir private Path temp;

  @BeforeAll
  static void train() {
    new SegmentationTraining(
            SmallSegmentation.config("training.epochs=3", "prediction={scales: [0.75, 1]}"),
            SmallSegmentation.engine())
        .run(folder, DATA, DATA.examples("train"), new OwnMasks(DATA), RunListener.SILENT);
  }

  @Test
  void anExportedFileLabelsAsTheNetworkDoes() throws Exception {
    Path file = temp.resolve("model.onnx");
    try (TrainedSegmentation trained = TrainedSegmentation.open(folder, IN_ENGINE);
        Predictor here = trained.predictor()) {
      trained.export(file, "none");
      try (Predictor exported = Predictor.open(file)) {
        assertThat(exported.kind()).isEqualTo(ModelKind.SEGMENTATION);
        assertThat(exported.info()).isEqualTo(here.info());
        for (Example example : DATA.examples("val")) {
          RgbImage picture = DATA.image(example);
          var expected = (SegmentedPrediction) here.predict(example, picture);
          var found = (SegmentedPrediction) exported.predict(example, picture);

          assertThat(found.planes().planes())
              .containsExactly(expected.planes().planes(), within(1e-4f));
          assertThat(found.probabilities())
              .containsExactly(expected.probabilities(), within(1e-4f));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deeplab-v2", "deeplab-v3-plus"})
  void soDoTheOtherHeads(String head) throws Exception {
    Path own = temp.resolve("own");
    new SegmentationTraining(
            SmallSegmentation.config(
                "training.epochs=1",
                "network.head={type: %s, dilations: [1, 2]}".formatted(head),
                "prediction={scales: [1]}"),
            SmallSegmentation.engine())
        .run(own, DATA, DATA.examples("train"), new OwnMasks(DATA), RunListener.SILENT);
    Path file = temp.resolve("model.onnx");
    Example example = DATA.examples("val").get(0);
    RgbImage picture = DATA.image(example);
    try (TrainedSegmentation trained = TrainedSegmentation.open(own, IN_ENGINE);
        Predictor here = trained.predictor()) {
      trained.export(file, "none");
      try (Predictor exported = Predictor.open(file)) {
        var expected = (SegmentedPrediction) here.predict(example, picture);
        var found = (SegmentedPrediction) exported.predict(example, picture);

        assertThat(found.planes().planes())
            .containsExactly(expected.planes().planes(), within(1e-4f));
      }
    }
  }

  @Test
  void predictsWithOnnxRuntimeAsInTheEngine() throws Exception {
    Example example = DATA.examples("val").get(0);
    RgbImage picture = DATA.image(example);
    try (TrainedSegmentation inEngine = TrainedSegmentation.open(folder, IN_ENGINE);
        TrainedSegmentation trained = TrainedSegmentation.open(folder);
        Predictor slow = inEngine.predictor();
        Predictor fast = trained.predictor()) {
      var expected = (SegmentedPrediction) slow.predict(example, picture);
      var found = (SegmentedPrediction) fast.predict(example, picture);

      assertThat(found.planes().planes())
          .as("as near as two libraries are")
          .containsExactly(expected.planes().planes(), within(1e-4f))
          .as("and not the same library twice")
          .isNotEqualTo(expected.planes().planes());
    }
  }

  @Test
  void givenLabelsLeaveOutWhatThePictureDoesNotShow() throws Exception {
    Example example = DATA.examples("val").get(0);
    BitSet second = new BitSet();
    second.set(1);
    try (TrainedSegmentation trained = TrainedSegmentation.open(folder);
        Predictor predictor = trained.predictor()) {
      var prediction =
          (SegmentedPrediction) predictor.predict(new Example("any", second), DATA.image(example));

      assertThat(prediction.planes().present()).containsExactly(1);
      assertThat(prediction.example().labels()).isEqualTo(second);
      assertThat(prediction.mask().indices()).doesNotContain((byte) 1);
    }
  }

  @Test
  void theCommandsTakeAFolderAndItsFile() throws IOException {
    Path pictures = Files.createDirectory(temp.resolve("pictures"));
    for (Example example : DATA.examples("val")) {
      write(DATA.image(example), pictures.resolve(example.id() + ".png"));
    }
    Path file = temp.resolve("model.onnx");
    Path one = temp.resolve("one");
    Path two = temp.resolve("two");

    assertThat(wsss("export", folder, "-o", file)).isZero();
    assertThat(wsss("predict", folder, pictures, "--out", one, "--coco", "--doubt", "0.05"))
        .isZero();
    assertThat(wsss("predict", file, pictures, "--out", two, "--refine", "dense-crf", "--scores"))
        .isZero();

    for (Path out : new Path[] {one, two}) {
      assertThat(out.resolve("masks")).isDirectoryContaining("glob:**.png");
      assertThat(Files.readAllLines(out.resolve("labels.csv"))).hasSize(4);
    }
    assertThat(one.resolve("coco-rle.json")).isNotEmptyFile();
    assertThat(wsss("predict", folder, pictures, "--out", temp.resolve("three"), "--tiles"))
        .isEqualTo(2);
    assertThat(program.err())
        .isEqualTo(
            "error: "
                + folder
                + " is a segmentation network, which looks at pictures whole; leave out --tiles\n");
    assertThat(wsss("export", folder, "-o", temp.resolve("masks.onnx"), "--masks")).isEqualTo(2);
    assertThat(program.err())
        .isEqualTo(
            "error: "
                + folder
                + " is of a segmentation network, which is exported in one form: it gives scores of"
                + " background and classes; leave out --masks and --features\n");
  }

  private final WsssProgram program = new WsssProgram();

  private int wsss(Object... words) {
    String[] texts = new String[words.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = words[i].toString();
    }
    return program.run(texts);
  }

  private static void write(RgbImage picture, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < picture.width() * picture.height(); p++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | (picture.rgb()[3 * p + c] & 0xff);
      }
      image.setRGB(p % picture.width(), p / picture.width(), rgb);
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
