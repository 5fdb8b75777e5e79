package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportCommandTest {
  @TempDir private Path temp;

  private final StringWriter err = new StringWriter();

  @Test
  void writesEachFormAndNeverOverAFile() throws IOException {
    Path run = temp.resolve("run");
    try (Run started = Run.open(SmallRuns.resolved("training.epochs=1"), run, Resume.FRESH)) {
      started.train(RunListener.SILENT);
    }
    for (String form : new String[] {"", "--features", "--masks"}) {
      Path model = temp.resolve("model" + form + ".onnx");
      String[] words =
          form.isEmpty()
              ? new String[] {"export", run.toString(), "-o", model.toString()}
              : new String[] {"export", run.toString(), "-o", model.toString(), form};
      assertThat(wsss(words)).isZero();
      assertThat(err).hasToString("the model is in " + model + "\n");
      assertThat(model).isNotEmptyFile();
    }
    Path model = temp.resolve("model.onnx");
    byte[] before = Files.readAllBytes(model);

    assertThat(wsss("export", run.toString(), "-o", model.toString())).isEqualTo(2);

    assertThat(err)
        .hasToString("error: " + model + " exists; -o takes a new file, so that nothing is lost\n");
    assertThat(model).hasBinaryContent(before);
    assertThat(
            wsss(
                "export",
                run.toString(),
                "-o",
                temp.resolve("new").toString(),
                "--masks",
                "--features"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--masks", "--features", "mutually exclusive");
  }

  /** Grad-CAM behind one linear layer is CAM, so the run scores what it would with CAM. */
  @Test
  void mapsOfGradientsAreScoredAndNotExported() {
    Path model = temp.resolve("model.onnx");
    RunResult cam = trained("cam", "scoring.map-method=cam");
    RunResult gradients = trained("gradients", "scoring.map-method=grad-cam");
    assertThat(miou(gradients)).isCloseTo(miou(cam), within(0.01));

    assertThat(wsss("export", temp.resolve("gradients").toString(), "-o", model.toString()))
        .isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: "
                + temp.resolve("gradients")
                + " has scoring.map-method grad-cam, and thresholds of such maps, which an exported"
                + " model cannot make; train it with scoring.map-method cam or pixel-correlation\n");
    assertThat(model).doesNotExist();
  }

  private RunResult trained(String name, String method) {
    try (Run run =
        Run.open(
            SmallRuns.resolved("training.epochs=1", "network.head={type: linear}", method),
            temp.resolve(name),
            Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }

  private static double miou(RunResult result) {
    return result.scores().get("cam-miou").stream()
        .filter(score -> score.name().equals("miou"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void refusesAFolderWithoutARun() {
    Path model = temp.resolve("model.onnx");
    assertThat(wsss("export", temp.toString(), "-o", model.toString())).isEqualTo(2);
    assertThat(err)
        .hasToString("error: " + temp + " is no run's folder: it has no config.resolved.yaml\n");
    assertThat(model).doesNotExist();
  }

  private int wsss(String... args) {
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            Terminal.Kind.PLAIN);
    return new Wsss(terminal, ExportCommandTest.class.getClassLoader(), "").run(args);
  }
}
