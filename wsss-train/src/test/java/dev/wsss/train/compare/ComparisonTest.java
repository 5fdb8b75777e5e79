package dev.wsss.train.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.ComparisonTable;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final String PLAIN = "self-supervision.rcm=null";

  @TempDir static Path temp;
  private static RunResult full;

  @BeforeAll
  static void train() {
    train("plain/seed-1", PLAIN);
    train("plain/seed-2", PLAIN, "training.seed=2");
    full = train("full/seed-1");
    train("full/seed-2", "training.seed=2");
    train("two-scales", "cams.scales=[1, 2]", "cams.flip=false");
    train("third", PLAIN, "training.seed=3");
  }

  private static RunResult train(String folder, String... overrides) {
    String[] all =
        Stream.concat(Stream.of("training.epochs=1", "training.seed=1"), Arrays.stream(overrides))
            .toArray(String[]::new);
    try (Run run = Run.open(SmallRuns.resolved(all), temp.resolve(folder), Resume.FRESH)) {
      return run.train(RunListener.SILENT);
    }
  }

  @Test
  void pairsRunsBySeedAndByPictureWhetherFoldersOrRunsAreNamed() {
    String cells = compare("plain", "full").terminal();

    assertThat(cells).contains("Scores on split 'val'").contains("(16 pictures)");
    assertThat(line(cells, "  full")).contains(" 2  ");
    String runs = compare("plain/seed-1", "plain/seed-2", "full/seed-1", "full/seed-2").terminal();
    assertThat(
            runs.replace("plain/seed-1", "plain")
                .replace("full/seed-1", "full")
                .replaceAll(" +", " "))
        .isEqualTo(cells.replaceAll(" +", " "));
  }

  @Test
  void thePicturesCountsAddUpToTheReportedScore() {
    FinishedRun run = FinishedRun.read(temp.resolve("full/seed-1"));
    assertThat(PictureCounts.miou(run.pictures().get(FinishedRun.ALONE)))
        .isCloseTo(full.score("cam-miou", "miou", "held-out").value(), Offset.offset(1e-12));
    String csv = compare("plain/seed-1", "full/seed-1").csv();
    assertThat(csv)
        .contains(
            String.format(
                Locale.ROOT,
                "%nfull/seed-1,pictures,miou,masks,%.6f,pictures-bootstrap,1,",
                full.score("cam-miou", "miou", "held-out").value()));
  }

  @Test
  void runsThatWereNotMeasuredAlikeAreRefusedWithAllDifferences() {
    refused(
        at("plain/seed-1")
            + " and "
            + at("two-scales")
            + " cannot be compared, since they were not measured alike; from the first to the"
            + " second: cams.flip was true and is false, cams.scales was [0.5, 1.0, 1.5, 2.0] and is"
            + " [1.0, 2.0]; the same command with --resume scores a run anew",
        "plain/seed-1",
        "two-scales");
  }

  @Test
  void otherDataIsRefused() {
    train("other-data", "data.train=40");
    assertThatExceptionOfType(RunFolderException.class)
        .isThrownBy(() -> compare("plain/seed-1", "other-data"))
        .withMessageContaining("their pictures, labels or masks differ");
  }

  @Test
  void runsWithoutACommonSeedAreRefused() {
    refused(
        at("full")
            + " has the seeds [1, 2] and "
            + at("third")
            + " has [3]: runs are paired by seed, so train one of them with a seed of the other (-o"
            + " training.seed=1)",
        "full",
        "third");
  }

  @Test
  void whatIsNothingToCompareIsSaid() throws IOException {
    refused("one run cannot be compared; name two or more", "full/seed-1");
    refused(
        "the runs differ in nothing but their seeds, so there is nothing to compare",
        "plain/seed-1",
        "third");
    refused(
        at("full/seed-1")
            + " and "
            + at("full/seed-1")
            + " are the same run: settings, code, data and seed are equal",
        "full/seed-1",
        "full/seed-1");
    refused(
        at("nowhere")
            + " is no run's folder and holds none; name a folder that train or run has written, or one"
            + " that holds such folders, as a cell of an ablation does",
        "nowhere",
        "full");
    Path unfinished = Files.createDirectories(temp.resolve("unfinished"));
    Files.copy(temp.resolve("third/provenance.json"), unfinished.resolve("provenance.json"));
    refused(
        unfinished + " is not finished: it has no scores.json; go on with --resume",
        "unfinished",
        "full");
  }

  private static void refused(String message, String... folders) {
    assertThatExceptionOfType(RunFolderException.class)
        .isThrownBy(() -> compare(folders))
        .withMessage(message);
  }

  private static String at(String folder) {
    return temp.resolve(folder).toString();
  }

  private static ComparisonTable compare(String... folders) {
    return Comparison.of(Arrays.stream(folders).map(temp::resolve).toList());
  }

  private static String line(String text, String start) {
    List<String> lines = text.lines().filter(line -> line.startsWith(start)).toList();
    return lines.get(0);
  }
}
