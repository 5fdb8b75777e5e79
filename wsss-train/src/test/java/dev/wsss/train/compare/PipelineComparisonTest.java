package dev.wsss.train.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.ComparisonTable;
import dev.wsss.eval.report.StageMasks;
import dev.wsss.train.SmallRuns;
import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.pipeline.Pipeline;
import dev.wsss.train.pipeline.PipelineListener;
import dev.wsss.train.pipeline.PipelineRange;
import dev.wsss.train.pipeline.PipelineResult;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineComparisonTest {
  private static final String ABLATION =
      """
      data: {type: synthetic, train: 32, val: 16, side: 32}
      augmentation: {crop: 32, long-side-min: 0, long-side-max: 0, jitter: 0, grey: 0}
      network: {backbone: {type: tiny, width: 8}, head: {type: projected, channels: 16}}
      optimiser: {rate: 0.05}
      training: {epochs: 1, batch: 8}
      pseudo-labels: {refine: {dense-crf: {preset: irn-label}}}
      axes: {crf: {off: {pseudo-labels: {refine: null}}, on: {}}}
      names: {plain: {crf: "off"}, refined: {crf: "on"}}
      seeds: [1, 2]
      """;

  @TempDir static Path temp;
  private static PipelineResult alone;

  @BeforeAll
  static void make() throws IOException {
    Path file = Files.writeString(temp.resolve("small.yaml"), ABLATION);
    new Ablation(AblationPlan.load(file.toString()), temp.resolve("a")).run();
    alone = pipeline("alone", "pseudo-labels={refine: {dense-crf: {}}}");
    pipeline("held-out", "scoring.held-out-share=0.4");
    try (Run run = Run.open(small(), temp.resolve("run"), Resume.FRESH)) {
      run.train(RunListener.SILENT);
    }
  }

  private static ResolvedRun small(String... overrides) {
    String[] all =
        Stream.concat(
                Stream.of("training.epochs=1", "self-supervision=null"), Arrays.stream(overrides))
            .toArray(String[]::new);
    return SmallRuns.resolved(all);
  }

  private static PipelineResult pipeline(String folder, String... overrides) {
    return new Pipeline(small(overrides), temp.resolve(folder))
        .run(PipelineRange.ALL, PipelineListener.SILENT);
  }

  @Test
  void pairsCellsStageByStageOverSeedsAndPictures() {
    ComparisonTable table = compare("a/cells/plain", "a/cells/refined");
    assertThat(table.terminal())
        .contains("The last masks of split 'val'")
        .contains("Masks of split 'val', paired by picture (16 pictures)")
        .containsPattern("\n  masks +refined +\\d+\\.\\d\\d +2  ")
        .containsPattern(
            "\n  seeds +refined +\\d+\\.\\d\\d +2 +\\+0.00 +\\[\\+0.00, \\+0.00\\] +0 +0\n")
        .as("a stage that one of them has is in the tables over seeds alone")
        .doesNotContainPattern("\n  refine-dense-crf +refined");
    assertThat(table.markdown()).contains("| masks | refined |");
    assertThat(table.latex()).contains("masks & refined &");
    assertThat(table.csv())
        .contains("\nrefined,masks,miou,val,")
        .contains(",pictures-bootstrap,2,");
    String named =
        compare(
                "a/cells/plain/seed-1",
                "a/cells/plain/seed-2",
                "a/cells/refined/seed-2",
                "a/cells/refined/seed-1")
            .csv();
    assertThat(named.replace("plain/seed-1", "plain").replace("refined/seed-2", "refined"))
        .isEqualTo(table.csv());
  }

  @Test
  void aPipelineOfItsOwnIsComparedWithACell() {
    assertThat(compare("a/cells/refined", "alone").terminal())
        .containsPattern("\n  refine-dense-crf +alone +\\d+\\.\\d\\d +1  ");
  }

  @Test
  void thePicturesCountsAddUpToTheReportedScores() {
    FinishedRun run = FinishedRun.read(temp.resolve("alone"));
    Map<StageMasks, List<PictureCounts>> pictures = run.pictures();
    assertThat(pictures)
        .containsOnlyKeys(
            new StageMasks("masks", "train"),
            new StageMasks("masks", "val"),
            new StageMasks("seeds", "train"),
            new StageMasks("seeds", "val"),
            new StageMasks("refine-dense-crf", "train"),
            new StageMasks("refine-dense-crf", "val"),
            new StageMasks("pseudo-labels", "train"));
    for (PipelineResult.Row row : alone.rows()) {
      row.quality()
          .forEach(
              (split, quality) ->
                  assertThat(PictureCounts.miou(pictures.get(new StageMasks(row.stage(), split))))
                      .isCloseTo(quality.miou(), Offset.offset(1e-12)));
    }
    assertThat(pictures.get(new StageMasks("masks", "train")))
        .isEqualTo(pictures.get(new StageMasks("pseudo-labels", "train")));
  }

  @Test
  void whatWasNotMeasuredAlikeIsRefused() {
    refused(
        at("alone")
            + " and "
            + at("held-out")
            + " cannot be compared, since they were not measured alike; from the first to the"
            + " second: scoring.held-out-share was 0.2 and is 0.4",
        "alone",
        "held-out");
    refused(
        at("alone")
            + " is a pipeline's folder and "
            + at("run")
            + " a single run's, whose masks are those of its maps; name pipelines alone, or single"
            + " runs",
        "run",
        "alone");
    pipeline("other", "data.val=20");
    assertThatExceptionOfType(RunFolderException.class)
        .isThrownBy(() -> compare("alone", "other"))
        .withMessageContaining(
            "from the first to the second: their pictures, labels or masks differ");
  }

  @Test
  void whatIsUnfinishedOrGoneIsSaid() throws IOException {
    Path unfinished = Files.createDirectories(temp.resolve("unfinished/stages")).getParent();
    refused(
        unfinished + " is not finished: it has no stages.json; start the same command again",
        "unfinished",
        "alone");
    Path cell = Files.createDirectories(temp.resolve("b/cells/broken/seed-1"));
    Files.copy(at("a/cells/plain/seed-1/provenance.json"), cell.resolve("provenance.json"));
    refused(
        cell + " is not finished: it has no stages.json; start the same command again",
        "b/cells/broken",
        "alone");
    Path moved = Files.createDirectories(temp.resolve("c/cells/moved/seed-1"));
    Files.copy(at("a/cells/plain/seed-1/stages.json"), moved.resolve("stages.json"));
    refused(
        moved + ": its stage train is gone, or was begun anew; start the same command again",
        "c/cells/moved",
        "alone");
  }

  private static void refused(String message, String... folders) {
    assertThatExceptionOfType(RunFolderException.class)
        .isThrownBy(() -> compare(folders))
        .withMessage(message);
  }

  private static Path at(String folder) {
    return temp.resolve(folder);
  }

  private static ComparisonTable compare(String... folders) {
    return Comparison.of(Arrays.stream(folders).map(temp::resolve).toList());
  }
}
