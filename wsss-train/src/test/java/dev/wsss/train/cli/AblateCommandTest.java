package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblateCommandTest {
  @TempDir private Path temp;

  private final StringWriter err = new StringWriter();

  @Test
  void finishedCellsAreKeptUnlessTheirDataHaveChanged() throws IOException {
    Path root = pictures();
    Path ablation = temp.resolve("mine.yaml");
    Files.writeString(
        ablation,
        """
        data: {type: folder, root: '%s'}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        training: {epochs: 1, batch: 2}
        scoring: {held-out-share: 0}
        axes: {rate: {low: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.1}}}}
        seeds: [1]
        """
            .formatted(root));
    Path out = temp.resolve("out");

    assertThat(ablate(ablation, out)).isZero();
    // Both cells warn of the same, which is told once.
    assertThat(err.toString().lines().filter(line -> line.contains("No scores from cam-miou")))
        .containsExactly(
            "warning: No scores from cam-miou: none of the pictures has a mask with a pixel that"
                + " counts");
    assertThat(ablate(ablation, out)).isZero();
    assertThat(err.toString().lines().filter(line -> line.contains("kept"))).hasSize(2);

    Path labels = root.resolve("labels.csv");
    Files.writeString(
        labels, Files.readString(labels).replace("2.png,train,dog", "2.png,train,cat"));
    assertThat(ablate(ablation, out)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: every cell: its folder was made with other data: pictures, labels or masks"
                + " have changed since; choose another --out, or delete the folder\n");
  }

  private int ablate(Path ablation, Path out) {
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "")
        .run("ablate", ablation.toString(), "--out", out.toString());
  }

  /** Four black pictures to learn from and one to score. */
  private Path pictures() throws IOException {
    Path images = Files.createDirectories(temp.resolve("pictures/images"));
    Files.writeString(temp.resolve("pictures/classes.txt"), "background\ncat\ndog\n");
    Files.writeString(
        temp.resolve("pictures/labels.csv"),
        """
        image,split,labels
        1.png,train,cat
        2.png,train,dog
        3.png,train,cat dog
        4.png,train,cat
        5.png,val,dog
        """);
    BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 1; i <= 5; i++) {
      ImageIO.write(black, "png", images.resolve(i + ".png").toFile());
    }
    return temp.resolve("pictures");
  }
}
