package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.PictureFolder;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code wsss train} and {@code wsss eval} say of runs. */
final class TrainAndEvalTest {
  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void trainsWithoutMasksAndWithoutASplitToScore() throws IOException {
    PictureFolder pictures =
        new PictureFolder(temp.resolve("pictures")).withoutMasks().trainingAlone();
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        training: {epochs: 1, batch: 2}
        """);
    Path run = temp.resolve("run");

    int code =
        wsss("train", file.toString(), "--out", run.toString(), "-o", pictures.data(), "--quiet");

    assertThat(err)
        .hasToString(
            "warning: only 6 pictures to learn from: results vary much with which they are and"
                + " with the seed; those in docs/results.md are from 471 photographs\n"
                + "there is no split 'val', so all pictures of split 'train' got masks\n"
                + "masks of pixels that score 0.30 (mask-threshold) or more are in "
                + run.resolve("masks")
                + "\n");
    assertThat(code).isZero();
    assertThat(out).hasToString("");

    assertThat(wsss("eval", run.toString(), "-q")).isZero();
    assertThat(err)
        .hasToString(
            "no picture of split 'train' has a mask, so there is nothing to score; --out labels"
                + " them\n");
  }

  @Test
  void aDryRunSaysWhatTrainingWouldTakeAndKeepsNothing() {
    int code =
        wsss(
            "train",
            "quickstart-base",
            "--dry-run",
            "-q",
            "-o",
            "data.train=4",
            "-o",
            "training.batch=4",
            "-o",
            "data.val=4");

    assertThat(err)
        .hasToString(
            "warning: only 4 pictures to learn from: results vary much with which they are and"
                + " with the seed; those in docs/results.md are from 471 photographs\n");
    assertThat(code).isZero();
    assertThat(out.toString())
        .matches(
            """
            stage +what is done +will take about +why
            train +runs +\\d+:\\d\\d, \\d+\\.\\d MB
            maps +runs +\\d+:\\d\\d, \\d+\\.\\d MB
            together about .*; tried on \\d+ pictures of each split at most, for \\d+:\\d\\d, with at\
             most \\d+ MiB of memory
            """);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aDryRunSaysWhatIsMissing() {
    Path weights = temp.resolve("weights.safetensors");

    int code =
        wsss(
            "train",
            "quickstart-base",
            "--dry-run",
            "-o",
            "network.backbone={type: resnet18, weights: " + weights + "}");

    assertThat(code).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: network.backbone.weights: weights "
                + weights
                + ": no such file; name another file with -o network.backbone.weights=FILE, such as"
                + " that of 'wsss weights fetch resnet18'\n");
  }

  @Test
  void aPipelineThatCannotStartLeavesNoFolder() {
    Path weights = temp.resolve("weights.safetensors");
    Path out = temp.resolve("run");
    String[] command = {
      "run",
      "quickstart-pipeline",
      "--out",
      out.toString(),
      "-o",
      "network.backbone={type: resnet38, weights: " + weights + "}"
    };

    assertThat(wsss(command)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: network.backbone.weights: weights "
                + weights
                + ": no such file; name another file with -o network.backbone.weights=FILE\n");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void whyAFolderCannotBeMadeIsSaid() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));

    assertThat(wsss("run", "quickstart-pipeline", "--out", file.toString())).isEqualTo(4);
    assertThat(err).hasToString("error: cannot write to " + file + ": " + file + ": File exists\n");
    assertThat(wsss("run", "quickstart-pipeline", "--out", file.resolve("x").toString()))
        .isEqualTo(4);
    assertThat(err)
        .hasToString("error: cannot write to %1$s/x: %1$s/x: Not a directory\n".formatted(file));
  }

  @Test
  void whatTheDataLackIsToldBeforeTraining() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    Path labels = temp.resolve("pictures/labels.csv");
    Files.writeString(labels, Files.readString(labels).replace("round", "square"));
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        optimiser: {rate: 0.1}
        training: {epochs: 1, batch: 2}
        """);
    String out = temp.resolve("run").toString();

    String split = "training.split=training";
    assertThat(wsss("train", file.toString(), "--out", out, "-o", pictures.data(), "-o", split))
        .isEqualTo(3);
    assertThat(err)
        .hasToString(
            "error: training.split: no split 'training'; splits in "
                + labels
                + " are train, val; did you mean 'train'?\n");

    assertThat(wsss("train", file.toString(), "-q", "--out", out, "-o", pictures.data())).isZero();
    assertThat(err.toString())
        .startsWith(
            "warning: every training picture shows square, so nothing tells what that looks like;"
                + " add pictures without it: of another class, or of none with -o"
                + " data.unlabelled=keep\n"
                + "warning: no training picture shows round, so maps of that will be noise; add"
                + " pictures of it, or leave it out of the classes (classes.txt)\n");
  }

  @Test
  void saysWhatItDerivesFromTheDataAndThatNothingWasLearned() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures")); // all of them black
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        network: {backbone: {type: tiny, width: 8}, head: {type: projected, prior: from-data}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        optimiser: {rate: 1e-9}
        training: {epochs: 2, batch: from-data}
        """);
    Path run = temp.resolve("run");
    String[] command = {
      "train", file.toString(), "--out", run.toString(), "-o", pictures.data(), "--resume"
    };

    assertThat(wsss(command)).isZero();
    assertThat(err.toString())
        .startsWith(
            """
            derived from the training pictures; -o KEY=VALUE overrules:
              network.head.prior: 0.5 (4 of 4 × 2 labels are given)
              training.batch: 4 (there are no more pictures)
            """)
        .containsPattern(
            """
            it seems that nothing was learned:
              the classification loss ended at 0\\.[67]\\d\\d; to know only how frequent each class is gives 0\\.693
            """)
        .contains(
            """
            what to change:
              a larger optimiser.rate than 1e-9: with pretrained weights it would be 0.0003, and without them more
              -o training.epochs=from-data, which gives 40 in place of 2 (4 pictures; more epochs would learn them by heart)
            """);
    assertThat(run.resolve("report.html")).content().contains("Nothing was learned");
    assertThat(run.resolve("config.resolved.yaml")).content().contains("batch: 4 ");

    assertThat(wsss(command)).isZero(); // the same derived values, so the same run
  }

  @Test
  void scoresAndLabelsAFolderThatAProgramMade() {
    Path run = temp.resolve("run");
    try (Run started = Run.open(SmallRuns.resolved("training.epochs=1"), run, Resume.CONTINUE)) {
      started.train(RunListener.SILENT);
    }
    Path labels = temp.resolve("labels");

    int code =
        wsss("eval", run.toString(), "-q", "--out", labels.toString(), "--threshold", "0.75");

    assertThat(err)
        .hasToString(
            "masks of pixels that score 0.75 (given) or more are in "
                + labels.resolve("masks")
                + "\n");
    assertThat(code).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith("cam-miou miou 0.75 (given)"));
    assertThat(labels.resolve("masks")).isNotEmptyDirectory();
  }

  @Test
  void trainPrintsTheIouOfEachClassByItsName() throws IOException {
    PictureFolder pictures = new PictureFolder(temp.resolve("pictures"));
    Path file = temp.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        network: {backbone: {type: tiny, width: 8}, head: {type: linear}}
        augmentation: {crop: 32, long-side-min: 0, long-side-max: 0}
        training: {epochs: 1, batch: 2}
        """);

    int code =
        wsss(
            "train",
            file.toString(),
            "--out",
            temp.resolve("run").toString(),
            "-o",
            pictures.data(),
            "--quiet");

    assertThat(code).isZero();
    assertThat(out.toString().replaceAll(" *[0-9]+[.][0-9]+", " N").lines().skip(8))
        .containsExactly(
            "",
            "IoU by class, threshold N (held-out)",
            "  background N %",
            "  square N %",
            "  round N %");
  }

  @Test
  void aThresholdIsAScore() {
    assertThat(wsss("eval", temp.toString(), "--threshold", "30")).isEqualTo(2);
    assertThat(err).hasToString("error: --threshold is 30.0; allowed are 0 to 1\n");
  }

  @Test
  void refinesMasksOfASplitAndScoresThemAsRefined() {
    Path run = temp.resolve("run");
    try (Run started = Run.open(SmallRuns.resolved("training.epochs=1"), run, Resume.CONTINUE)) {
      started.train(RunListener.SILENT);
    }
    Path labels = temp.resolve("labels");
    String[] command = {
      "eval", run.toString(), "-q", "--threshold", "0.3", "-o", "refine.dense-crf.preset=irn-label"
    };
    String[] refined = {"--refine", "dense-crf", "--out", labels.toString()};

    assertThat(wsss(Stream.of(command, refined).flatMap(Stream::of).toArray(String[]::new)))
        .isZero();
    assertThat(err)
        .hasToString(
            "masks of pixels that score 0.30 (given) or more, refined by dense-crf, are in "
                + labels.resolve("masks")
                + "\n");
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("cam-miou"))
        .contains(labels.resolve("masks") + ", 16 pictures of split 'val'")
        .anyMatch(line -> line.startsWith("these masks"));

    assertThat(wsss(command)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "error: -o refine.dense-crf.preset=irn-label needs --refine, whose refiners have such"
                + " keys\n");
    assertThat(wsss("eval", run.toString(), "--refine", "dense-crf")).isEqualTo(2);
    assertThat(err)
        .hasToString("error: --refine makes masks, and needs --out DIR to write them to\n");
  }

  @Test
  void whatASignalStopsSaysHowItGoesOn() {
    Path run = temp.resolve("my run");
    String[] command = {
      "train",
      "quickstart-base",
      "--out",
      run.toString(),
      "-o",
      "data.train=16",
      "-o",
      "data.val=4",
      "-o",
      "training={epochs: 20, batch: 8}"
    };
    StringWriter interrupting =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            super.write(text, from, length);
            if (text.contains("epoch ")) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Terminal terminal =
        new Terminal(
            new PrintWriter(out), new PrintWriter(interrupting), Terminal.Kind.INTERACTIVE);

    int code = new Wsss(terminal, getClass().getClassLoader(), "").run(command);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(code).isEqualTo(4);
    String words = "quickstart-base --out '" + run + "' -o data.train=16 -o data.val=4";
    assertThat(interrupting.toString())
        .containsPattern(
            "error: stopped in epoch \\d+ of 20(; the checkpoint of epoch \\d+ is kept)?; to go on:\n")
        .endsWith("  ./wsss train " + words + " -o 'training={epochs: 20, batch: 8}' --resume\n");
    String[] again =
        Stream.concat(Stream.of(command), Stream.of("--resume")).toArray(String[]::new);
    assertThat(wsss(again)).isZero();
  }

  private int wsss(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Terminal terminal =
        new Terminal(new PrintWriter(out), new PrintWriter(err), Terminal.Kind.PLAIN);
    return new Wsss(terminal, getClass().getClassLoader(), "").run(args);
  }
}
