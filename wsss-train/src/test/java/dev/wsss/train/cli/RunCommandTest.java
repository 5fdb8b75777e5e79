package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.PictureFolder;
import dev.wsss.train.progress.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir private Path temp;

  private final StringWriter err = new StringWriter();

  @Test
  void itsLastLinesNameTheMasksAndTheReport() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("data")).withoutMasks().trainingAlone();
    Path file = temp.resolve("small.yaml");
    Files.writeString(
        file,
        """
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        training: {epochs: 1, batch: 2}
        pseudo-labels: {threshold: 0.3}
        """);
    Path out = temp.resolve("out");
    String[] command = {
      "run", file.toString(), "--out", out.toString(), "-o", pictures.data(), "--quiet"
    };

    assertThat(wsss(command)).isZero();
    Path labels = only(out.resolve("stages/pseudo-labels"));
    assertThat(err.toString())
        .endsWith(
            "masks of the training pictures are in "
                + labels.resolve("masks")
                + "\npictures under the masks of each stage are in "
                + out.resolve("report.html")
                + "\n");

    err.getBuffer().setLength(0);
    assertThat(
            wsss(
                "run",
                file.toString(),
                "--out",
                temp.resolve("b").toString(),
                "-o",
                pictures.data(),
                "--quiet",
                "--until",
                "train"))
        .isZero();
    assertThat(err.toString()).as("no stage has made masks").doesNotContain("are in");
  }

  private static Path only(Path folder) throws IOException {
    try (var content = Files.list(folder)) {
      return content.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private int wsss(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }
}
