package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.eval.predict.Predictor;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.run.ExportForm;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wsss predict} says and leaves, and {@code wsss eval --model}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PredictCommandTest {
  /** A JPEG's segment: big-endian TIFF of one directory with one entry, tag 0x0112, value 6. */
  private static final String EXIF_ORIENTATION_6 =
      "ffe10022457869660000"
          + "4d4d002a00000008"
          + "0001"
          + "011200030000000100060000"
          + "00000000";

  @TempDir private static Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path run = Path.of("");
  private Path model = Path.of("");
  private Path pictures = Path.of("");

  @BeforeAll
  void trainAndExport() throws IOException {
    run = temp.resolve("run");
    model = temp.resolve("model.onnx");
    try (Run started = Run.open(SmallRuns.resolved(), run, Resume.FRESH)) {
      started.train(RunListener.SILENT);
      started.export(model, ExportForm.MAPS, "none");
    }
    new PictureFolder(temp.resolve("data"));
    pictures = temp.resolve("data/images");
  }

  @Test
  void aRunAndItsExportGiveTheSameMasks() throws IOException {
    Path byRun = temp.resolve("by-run");
    Path byFile = temp.resolve("by-file");
    int count = files(pictures).size();

    assertThat(predict(run, byRun)).as(err.toString()).isZero();
    assertThat(predict(model, byFile)).as(err.toString()).isZero();

    assertThat(err.toString().lines())
        .anyMatch(line -> line.matches("a pixel gets its class at a score of 0[.]\\d\\d .*"))
        .anyMatch(line -> line.startsWith("a class is in a picture at a probability of "))
        .anyMatch(line -> line.matches(count + " pictures; about \\d+ MB of memory at most"))
        .anyMatch(line -> line.matches("about \\d:\\d\\d left, by the first picture"))
        .anyMatch(
            line ->
                line.equals("masks of " + count + " pictures are in " + byFile.resolve("masks")));
    assertThat(files(byRun.resolve("masks"))).hasSize(count);
    for (Path mask : files(byRun.resolve("masks"))) {
      assertThat(byFile.resolve("masks").resolve(mask.getFileName())).hasSameBinaryContentAs(mask);
    }
  }

  /** The stored picture is 96×48, and a quarter turn clockwise makes it upright. */
  @Test
  void aJpegIsLabelledUprightAsItsCameraWasHeld() throws IOException {
    Path turned = temp.resolve("turned.jpg");
    ImageIO.write(blocks(96, 48), "jpg", turned.toFile());
    RgbImage stored = new PictureFile(turned).read();
    BufferedImage upright = new BufferedImage(48, 96, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 48; x++) {
        int at = 3 * ((47 - x) * 96 + y);
        byte[] rgb = stored.rgb();
        upright.setRGB(
            x, y, (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff);
      }
    }
    Path straight = temp.resolve("straight.png");
    ImageIO.write(upright, "png", straight.toFile());
    byte[] plain = Files.readAllBytes(turned);
    byte[] exif = HexFormat.of().parseHex(EXIF_ORIENTATION_6);
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(plain, 0, 2);
    marked.write(exif);
    marked.write(plain, 2, plain.length - 2);
    Files.write(turned, marked.toByteArray());
    String present;
    try (Predictor predictor = Predictor.open(model)) {
      present = predictor.info().classes().foreground().get(0);
    }
    Path labels =
        Files.writeString(
            temp.resolve("turned.csv"),
            "image,labels\nturned.jpg," + present + "\nstraight.png," + present + "\n");
    Path to = temp.resolve("upright");

    int code =
        wsss(
            "predict",
            model.toString(),
            turned.toString(),
            straight.toString(),
            "--labels",
            labels.toString(),
            "--out",
            to.toString());

    assertThat(code).as(err.toString()).isZero();
    IndexMask mask = new MaskFile(to.resolve("masks/turned.png")).read();
    assertThat(mask.width()).isEqualTo(48);
    assertThat(mask.height()).isEqualTo(96);
    assertThat(mask.indices()).contains(0, 1);
    assertThat(mask.indices())
        .isEqualTo(new MaskFile(to.resolve("masks/straight.png")).read().indices());
    BufferedImage overlay = ImageIO.read(to.resolve("overlays/turned.jpg").toFile());
    assertThat(overlay.getHeight()).isGreaterThan(overlay.getWidth());
  }

  /** Squares of colours that no turn or mirror image keeps. */
  private static BufferedImage blocks(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(6);
    for (int y = 0; y < height; y += 16) {
      for (int x = 0; x < width; x += 16) {
        int colour = random.nextInt(0x1000000);
        for (int p = 0; p < 256; p++) {
          image.setRGB(x + p % 16, y + p / 16, colour);
        }
      }
    }
    return image;
  }

  @Test
  void aRunAndAFileSayWhereTheyCompute() throws IOException {
    assertThat(predict(run, temp.resolve("run-on-cpu"), "--device", "cpu")).isZero();
    assertThat(err.toString().lines().findFirst()).hasValue("device: cpu, as asked for");
    assertThat(predict(model, temp.resolve("file-on-cpu"), "--device", "cpu")).isZero();
    assertThat(err.toString().lines().findFirst()).hasValue("device: cpu, as asked for");
    assertThat(predict(model, temp.resolve("file-on-any"))).isZero();
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .matches("device: cpu; no CUDA: the ONNX Runtime here, [.\\d]+, is built for CPUs only");
  }

  @Test
  void aDeviceThatIsNotThereIsAnErrorAndNothingIsWritten() {
    Path to = temp.resolve("on-gpu");

    assertThat(predict(model, to, "--device", "cuda:0")).isEqualTo(2);
    assertThat(err.toString())
        .matches(
            "error: device cuda:0 is not there: the ONNX Runtime here, [.\\d]+, is built for CPUs"
                + " only; there is cpu; take cpu or auto\n");
    assertThat(predict(run, to, "--device", "cuda:0")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: device cuda:0 is not there: the tensor library here, PyTorch ");
    assertThat(predict(model, to, "--device", "gpu")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: --device is 'gpu'; allowed are auto, cpu and cuda:N, such as cuda:0; did you"
                + " mean 'cuda:0'?\n");
    assertThat(to).doesNotExist();
  }

  /** The checksum at the model's end, which opening has compared: the file is read once. */
  @Test
  void theFolderNamesTheModelByItsSeal() throws IOException {
    Path to = temp.resolve("sealed");
    assertThat(predict(model, to)).isZero();
    byte[] file = Files.readAllBytes(model);
    String seal = new String(file, file.length - 64, 64, StandardCharsets.US_ASCII);
    assertThat(to.resolve("settings.txt")).content().startsWith("model: " + seal + "\n");
  }

  @Test
  void saysBeforehandInHowManyPartsLargePicturesAreLookedAt() throws IOException {
    // The model learned from pictures of 32 pixels a side.
    assertThat(tiles(32, 20)).contains("no picture is large: --tiles changes nothing");
    assertThat(tiles(200, 150))
        .anyMatch(
            line ->
                line.matches(
                    "large pictures are looked at in 48 parts: about \\d:\\d\\d by a part that was"
                        + " timed, less where no class is found"));
  }

  /** What is said of a black picture of that size. */
  private List<String> tiles(int width, int height) throws IOException {
    String name = "black-" + width;
    Path picture = temp.resolve(name + ".png");
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    Path to = temp.resolve(name);
    assertThat(
            wsss(
                "predict", model.toString(), picture.toString(), "--tiles", "--out", to.toString()))
        .as(err.toString())
        .isZero();
    assertThat(to.resolve("masks/" + name + ".png")).isNotEmptyFile();
    return err.toString().lines().toList();
  }

  @Test
  void picturesThatAreLeftOutGiveAnExitCodeOfTheirOwn() throws IOException {
    Path broken = Files.writeString(temp.resolve("broken.jpg"), "no picture");
    Path to = temp.resolve("partly");
    int code =
        wsss(
            "predict",
            model.toString(),
            broken.toString(),
            files(pictures).get(0).toString(),
            "--out",
            to.toString());
    assertThat(code).isEqualTo(4);
    assertThat(err.toString())
        .contains(
            "left out: " + broken + ": no picture in a known format, JPEG, PNG, WebP or TIFF\n")
        .endsWith(
            "masks of 1 picture are in "
                + to.resolve("masks")
                + "\n1 picture left out; see "
                + to.resolve("failed.csv")
                + "\n");
  }

  @Test
  void namesWhatIsWrong() {
    assertThat(wsss("predict", model.toString(), "--out", "x")).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: Missing required parameter: 'PICTURES'\n");
    Path missing = temp.resolve("missing.onnx");
    assertThat(predict(missing, temp.resolve("x"))).isEqualTo(2);
    assertThat(err).hasToString("error: there is no file " + missing + "\n");
    Path misspelt = model.resolveSibling("X" + model.getFileName());
    assertThat(predict(misspelt, temp.resolve("x"))).isEqualTo(2);
    assertThat(err)
        .hasToString("error: there is no file " + misspelt + "; did you mean " + model + "?\n");
    assertThat(predict(model, temp.resolve("x"), "--doubt", "2")).isEqualTo(2);
    assertThat(err).hasToString("error: --doubt is 2.0; allowed are 0 to 1\n");
    assertThat(predict(model, pictures)).isEqualTo(2);
    assertThat(err.toString())
        .endsWith(
            "error: "
                + pictures
                + " holds other files and no settings.txt; choose another folder\n");
    assertThat(temp.resolve("x")).doesNotExist();
  }

  @Test
  void refinesMasksWhereAskedFor() throws IOException {
    Path plain = temp.resolve("plain");
    Path refined = temp.resolve("refined");
    assertThat(predict(model, plain)).as(err.toString()).isZero();

    int code =
        predict(model, refined, "--refine", "dense-crf", "-o", "refine.dense-crf.preset=irn-label");

    assertThat(code).as(err.toString()).isZero();
    assertThat(err.toString().lines())
        .anyMatch(line -> line.endsWith("; then masks are refined by dense-crf"));
    assertThat(Files.readString(refined.resolve("settings.txt")))
        .contains(", refined by dense-crf DenseCrfConfig[preset=IRN_LABEL, ");
    List<Path> masks = files(plain.resolve("masks"));
    assertThat(masks)
        .anyMatch(mask -> !sameBytes(mask, refined.resolve("masks").resolve(mask.getFileName())));
  }

  private static boolean sameBytes(Path one, Path other) {
    try {
      return Files.mismatch(one, other) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesWhatIsWrongWithARefiner() {
    Path to = temp.resolve("never");
    assertThat(predict(model, to, "--refine", "dens-crf")).isEqualTo(2);
    assertThat(err.toString()).contains("dense-crf");
    assertThat(predict(model, to, "--refine", "dense-crf", "-o", "refine.dense-crf.certainity=0.8"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("certainity").contains("certainty");
    assertThat(predict(model, to, "-o", "refine.dense-crf.certainty=0.8")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: -o refine.dense-crf.certainty=0.8 needs --refine, whose refiners have such"
                + " keys\n");
    assertThat(predict(model, to, "--refine", "dense-crf", "--tiles")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: --refine works on pictures that are looked at whole; leave out --tiles, or"
                + " --refine\n");
    assertThat(to).doesNotExist();
  }

  @Test
  void anExportedModelScoresAsItsRunDoes() throws IOException {
    Path ofRun = temp.resolve("run.json");
    Path ofModel = temp.resolve("model.json");
    assertThat(wsss("eval", run.toString(), "-q", "--scores", ofRun.toString())).isZero();
    String byRun = out.toString();
    String[] byModel = {
      "eval", run.toString(), "-q", "--model", model.toString(), "--scores", ofModel.toString()
    };
    assertThat(wsss(byModel)).isZero();
    assertThat(out).hasToString(byRun);
    assertThat(wsss("eval", run.toString(), "--model", model.toString(), "--device", "cpu"))
        .isZero();
    assertThat(err.toString().lines().findFirst()).hasValue("device: cpu, as asked for");
    // The run's own network stays on the CPU: what is missing is ONNX Runtime's.
    assertThat(wsss("eval", run.toString(), "--model", model.toString(), "--device", "cuda:0"))
        .isEqualTo(2);
    assertThat(err.toString())
        .matches(
            "error: device cuda:0 is not there: the ONNX Runtime here, [.\\d]+, is built for CPUs"
                + " only; there is cpu; take cpu or auto\n");
    assertThat(oracle(ofModel)).as("not rounded").isCloseTo(oracle(ofRun), within(5e-4));
    assertThat(wsss(byModel)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: " + ofModel + " exists; --scores takes a new file, so that nothing is lost\n");
    assertThat(wsss("eval", run.toString(), "--model", model.toString(), "--out", "x"))
        .isEqualTo(2);
    assertThat(err)
        .hasToString("error: --model scores only; wsss predict writes masks with a model\n");
  }

  private static double oracle(Path scores) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(scores)).getAsJsonObject();
    for (JsonElement score : json.getAsJsonObject("scores").getAsJsonArray("cam-miou")) {
      if (score.getAsJsonObject().get("mode").getAsString().equals("oracle")) {
        return score.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new AssertionError(json);
  }

  private int predict(Path with, Path to, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of("predict", with.toString(), pictures.toString(), "--out", to.toString()),
                Stream.of(more))
            .toList();
    return wsss(words.toArray(String[]::new));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private int wsss(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }
}
