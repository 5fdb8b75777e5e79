package dev.wsss.eval.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.testing.SharedFiles;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that labels pictures needs neither DJL's engine nor its interfaces. */
final class WithoutEngineTest {
  /** What it runs with: our classes and the jars whose paths hold one of these. */
  private static final List<String> NEEDED =
      List.of(
          "wsss-api",
          "wsss-eval",
          "onnxruntime",
          "commons-csv",
          "commons-io",
          "commons-codec",
          "slf4j-api",
          "jna",
          "twelvemonkeys");

  @TempDir private Path temp;

  @Test
  void aJvmWithoutDjlLabelsAPicture() throws Exception {
    Path model = SmallModel.write(temp.resolve("model.onnx"), SmallModel.texts());
    Path picture = TestImages.colour(temp.resolve("red.jpg"), 48, 32, 0xff0000);
    Path mask = temp.resolve("red.png");
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NEEDED.stream().anyMatch(entry::contains))
            .filter(entry -> !entry.contains("djl"))
            .collect(Collectors.joining(File.pathSeparator));

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                FileToMask.class.getName(),
                model.toString(),
                picture.toString(),
                mask.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains(
            "no ai.djl.ndarray.NDArray", "no ai.djl.engine.Engine", "trial of a device: passed");
    IndexMask written = new MaskFile(mask).read();
    assertThat(written.width()).isEqualTo(48);
    assertThat(written.height()).isEqualTo(32);
    assertThat(written.at(24, 16)).isEqualTo(1);
  }

  @Test
  void theReadmeShowsTheProgramsLines() throws IOException {
    Path source =
        SharedFiles.repository()
            .resolve("wsss-eval/src/test/java/dev/wsss/eval/onnx/FileToMask.java");
    List<String> lines =
        Files.readString(source).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    int first = lines.indexOf("try (Predictor predictor = Predictor.open(model)) {");
    String readme = Files.readString(SharedFiles.repository().resolve("README.md"));
    List<String> shown = readme.lines().map(String::strip).toList();
    int at = shown.indexOf(lines.get(first));
    assertThat(at).isNotNegative();
    assertThat(shown.subList(at, at + 3)).isEqualTo(lines.subList(first, first + 3));
  }
}
