package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.progress.Terminal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second start of an ablation keeps, scores anew and refuses, on five tiny pictures. */
final class AblateCommandTest {
  private static final String ADVICE =
      "run changed cells again with --rerun-changed (Changed.RERUN in Java), which keeps their old"
          + " folders in replaced/, or choose another --out\n";

  @TempDir private Path temp;
  private Path out;

  private final StringWriter err = new StringWriter();

  @BeforeEach
  void runOnce() throws IOException {
    out = temp.resolve("out");
    drawPictures();
    assertThat(ablate("low: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.1}}")).isZero();
    assertThat(err.toString())
        .containsOnlyOnce("warning: only 4 pictures to learn from: ")
        .containsOnlyOnce("device: cpu; no CUDA: ");
    assertThat(lines())
        .hasSize(2)
        .allMatch(line -> line.contains("] rate=") && line.contains(" in "));
  }

  @Test
  void aFinishedCellSaysHowLongThoseThatAreLeftTake() {
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0))
        .matches(".*rate=low seed 1  in \\d+:\\d\\d .*  about \\d+:\\d\\d left");
    assertThat(lines().get(1)).contains("rate=high").doesNotContain("left");
  }

  @Test
  void whatIsFinishedIsKeptUnderAnotherNameAndWithMovedData() throws IOException {
    FileTime trained = Files.getLastModifiedTime(checkpoint("rate=low"));
    assertThat(ablate("low: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.1}}")).isZero();
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("kept"));

    Files.move(temp.resolve("pictures"), temp.resolve("moved"));
    assertThat(
            ablate(
                "moved",
                "small: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.1}}",
                "-o",
                "training.workers=2"))
        .isZero();
    assertThat(lines().get(0)).isEqualTo("cells/rate=low/seed-1 is now cells/rate=small/seed-1");
    assertThat(lines()).hasSize(3).filteredOn(line -> line.contains("kept")).hasSize(2);
    assertThat(Files.getLastModifiedTime(checkpoint("rate=small"))).isEqualTo(trained);
    assertThat(out.resolve("ablation.csv")).content().contains("rate=small").doesNotContain("low");
  }

  @Test
  void aChangedLevelIsNamedAndRunsAgainAloneWhereThatIsAskedFor() throws IOException {
    String changed = "low: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.2}}";
    assertThat(ablate(changed)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: cell rate=high: has changed since it ran: optimiser.rate was 0.1 and is 0.2\n"
                + ADVICE);
    assertThat(ablate("pictures", changed, "--rerun-changed")).isZero();
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0))
        .isEqualTo("cells/rate=high/seed-1 is now replaced/rate=high/seed-1.1");
    assertThat(lines().get(1)).contains("rate=low", "kept");
    assertThat(lines().get(2)).contains("rate=high", " in ");
    assertThat(out.resolve("replaced/rate=high/seed-1.1/checkpoints/last")).exists();
  }

  @Test
  void changedScoringKeepsTheNetworks() throws IOException {
    FileTime trained = Files.getLastModifiedTime(checkpoint("rate=low"));
    int code =
        ablate(
            "pictures",
            "low: {optimiser: {rate: 0.01}, cams: {flip: false}}, high: {optimiser: {rate: 0.1}}");
    assertThat(code).isZero();
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains("rate=low", "scored anew");
    assertThat(lines().get(1)).contains("rate=high", "kept");
    assertThat(Files.getLastModifiedTime(checkpoint("rate=low"))).isEqualTo(trained);
    assertThat(out.resolve("cells/rate=low/seed-1/config.resolved.yaml"))
        .content()
        .contains("flip: false");
    assertThat(out.resolve("cells/rate=low/seed-1/metrics.csv"))
        .content()
        .satisfies(text -> assertThat(text.lines().filter(l -> l.contains(",total,"))).hasSize(1));
  }

  @Test
  void changedDataAreNamed() throws IOException {
    Path labels = temp.resolve("pictures/labels.csv");
    Files.writeString(
        labels, Files.readString(labels).replace("4.png,train,cat", "4.png,train,dog"));
    assertThat(ablate("low: {optimiser: {rate: 0.01}}, high: {optimiser: {rate: 0.1}}"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err)
        .hasToString(
            "error: every cell: has changed since it ran: pictures, labels or masks have changed\n"
                + ADVICE);
  }

  private List<String> lines() {
    return err.toString()
        .lines()
        .filter(line -> !line.matches("(all is in |device: |warning: only 4 pictures ).*"))
        .toList();
  }

  private Path checkpoint(String cell) {
    return out.resolve("cells/" + cell + "/seed-1/checkpoints/last/student.safetensors");
  }

  private int ablate(String levels) throws IOException {
    return ablate("pictures", levels);
  }

  private int ablate(String pictures, String levels, String... more) throws IOException {
    Path ablation = temp.resolve("mine.yaml");
    Files.writeString(
        ablation,
        """
        data: {type: folder, root: '%s'}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        training: {epochs: 1, batch: 2}
        scoring: {held-out-share: 0}
        cams: {scales: [1]}
        metrics: {cam-miou: {modes: [oracle]}, image-map: null}
        axes: {rate: {%s}}
        seeds: [1]
        """
            .formatted(temp.resolve(pictures), levels));
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(err), Terminal.Kind.PLAIN);
    List<String> arguments =
        new ArrayList<>(List.of("ablate", ablation.toString(), "--out", out.toString()));
    arguments.addAll(List.of(more));
    return new Wsss(terminal, getClass().getClassLoader(), "")
        .run(arguments.toArray(String[]::new));
  }

  /** Four black pictures to learn from and one to score, which has a mask. */
  private void drawPictures() throws IOException {
    Path root = temp.resolve("pictures");
    Files.createDirectories(root.resolve("images"));
    Files.createDirectories(root.resolve("masks"));
    Files.writeString(root.resolve("classes.txt"), "background\ncat\ndog\n");
    Files.writeString(
        root.resolve("labels.csv"),
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
      ImageIO.write(black, "png", root.resolve("images/" + i + ".png").toFile());
    }
    BufferedImage dog = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    dog.getRaster().setSample(3, 3, 0, 2);
    ImageIO.write(dog, "png", root.resolve("masks/5.png").toFile());
  }
}
