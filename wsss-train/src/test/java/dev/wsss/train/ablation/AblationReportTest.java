package dev.wsss.train.ablation;

import static dev.wsss.train.ablation.FakeRuns.planned;
import static dev.wsss.train.ablation.FakeRuns.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.metric.ScoreMap;
import dev.wsss.eval.report.ScoreMapFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationReportTest {
  @TempDir private Path temp;

  private final Map<PlannedRun, CellOutcome> outcomes = new LinkedHashMap<>();

  private AblationPlan plan(PlannedRun... runs) {
    return new AblationPlan(List.of(runs), runs[0].cell().name());
  }

  private void finish(PlannedRun run, double miou) {
    leaveOut(run, miou, 0);
  }

  private void leaveOut(PlannedRun run, double miou, int pictures) {
    outcomes.put(
        run,
        new CellOutcome(
            result(miou, pictures), temp.resolve(run.folder()), CellOutcome.How.TRAINED));
  }

  @Test
  void rowsStandByCellWhateverTheOrderOfTheRuns() throws IOException {
    PlannedRun a1 = planned("a", 1, 1);
    PlannedRun b1 = planned("b", 1, 2);
    PlannedRun a2 = planned("a", 2, 1);
    finish(a1, 0.25);
    finish(b1, 0.5);
    finish(a2, 0.75);
    new AblationReport(plan(a1, b1, a2), new OnePicture(), outcomes).writeCsv(temp);
    assertThat(temp.resolve("ablation.csv"))
        .hasContent(
            """
            cell,seed,split,threshold_mode,threshold,miou,precision,recall
            a,1,val,oracle,0.25,0.250000,0.500000,0.750000
            a,2,val,oracle,0.25,0.750000,0.500000,0.750000
            b,1,val,oracle,0.25,0.500000,0.500000,0.750000
            """);
    assertThat(Files.readString(temp.resolve("scores.csv")))
        .startsWith("metric,name,mode,class,seed,value\n")
        .contains("cam-miou,miou,oracle,mean,1,0.250000\n", "image-map,map,none,mean,2,0.900000\n");
  }

  @Test
  void theSheetShowsWhatEachCellKept() throws IOException {
    PlannedRun a = planned("a", 1, 1);
    PlannedRun b = planned("b", 1, 2);
    finish(a, 0.25);
    finish(b, 0.5);
    AblationReport report = new AblationReport(plan(a, b), new OnePicture(), outcomes);
    report.writeAll(temp);
    assertThat(temp.resolve("overlays.png")).doesNotExist();
    assertThat(temp.resolve("ablation.md")).content().doesNotContain("overlays.png");

    ScoreMap map = new ScoreMap(2, 1, new byte[] {0, 0}, new float[] {0, 1});
    ScoreMapFile.write(temp.resolve("cells/a/seed-1/cams/one.png"), map);
    Optional<String> table = report.writeAll(temp);
    assertThat(ImageIO.read(temp.resolve("overlays.png").toFile()).getWidth())
        .isGreaterThan(6 * 160);
    assertThat(temp.resolve("ablation.md")).content().contains("| a ", "(overlays.png)");
    assertThat(table).hasValueSatisfying(text -> assertThat(text).contains("25.0", "50.0"));
  }

  @Test
  void anotherCellStandsInForABaselineThatFailed() {
    PlannedRun a = planned("a", 1, 1);
    PlannedRun b = planned("b", 1, 2);
    finish(b, 0.5);
    assertThat(new AblationReport(plan(a, b), new OnePicture(), outcomes).writeAll(temp))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("The baseline cell 'a' has no result; 'b' stands in for it.\n\n"));
  }

  @Test
  void picturesThatWereLeftOutAreCountedBelowTheTable() throws IOException {
    PlannedRun a = planned("a", 1, 1);
    PlannedRun b = planned("b", 1, 2);
    AblationReport report = new AblationReport(plan(a, b), new OnePicture(), outcomes);
    finish(b, 0.5);
    finish(a, 0.25);
    String table = report.writeAll(temp).orElseThrow();
    String markdown = Files.readString(temp.resolve("ablation.md"));

    leaveOut(b, 0.5, 2);
    String two = "cell b: 2 pictures were left out of the scores; the log says which and why.";
    assertThat(report.writeAll(temp)).hasValue(table + "\n\n" + two);
    assertThat(Files.readString(temp.resolve("ablation.md")))
        .isEqualTo(markdown + "\n" + two + "\n");

    leaveOut(a, 0.25, 1);
    String one = "cell a: 1 picture was left out of the scores; the log says which and why.";
    assertThat(report.writeAll(temp)).hasValue(table + "\n\n" + two + "\n\n" + one);

    leaveOut(a, 0.25, 2);
    String every =
        "every cell: 2 pictures were left out of the scores; the log says which and why.";
    assertThat(report.writeAll(temp)).hasValue(table + "\n\n" + every);
  }

  @Test
  void noResultIsNoReport() {
    assertThat(
            new AblationReport(plan(planned("a", 1, 1)), new OnePicture(), outcomes).writeAll(temp))
        .isEmpty();
    assertThat(temp).isEmptyDirectory();
  }
}
