package dev.wsss.train.run;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.html.ClassBars;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.Page;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.checkpoint.MetricsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code report.html} of a run's folder: what the run came to in a sentence, pictures with their
 * masks, IoU by class, curves, and what it cost. One file without scripts.
 */
final class HtmlReport {
  private final Path folder;
  private final SegmentationDataset data;

  /**
   * @param data whose pictures are shown
   */
  HtmlReport(Path runFolder, SegmentationDataset data) {
    this.folder = runFolder;
    this.data = data;
  }

  void write(RunResult result, Scoring.Scored scored, RunCost cost) throws IOException {
    Optional<Score> miou = result.miouOfMasks();
    Page page =
        new Page(
            String.valueOf(folder.getFileName()),
            Judgement.of(result, data.classes(), scored.pictures().counts()));
    result.failure().ifPresent(failure -> page.section("Nothing was learned", failure.markup()));
    page.section("Pictures", new ReportPictures(data).cards(scored.pictures().shown()));
    miou.filter(score -> !score.perClass().isEmpty())
        .ifPresent(
            score ->
                page.section(
                    String.format(
                        Locale.ROOT,
                        "IoU by class, threshold %.2f (%s)",
                        score.threshold(),
                        score.mode()),
                    List.of(ClassBars.of(score.byClass(data.classes())))));
    page.section(
        "Curves",
        ReportCurves.of(MetricsFile.read(folder), scored.curves().curves(), result.masks()));
    page.section("Scores on split " + result.split(), scores(result));
    page.section("Cost", List.of(Markup.table(List.of("", ""), cost.rows())));
    page.section("Where it comes from", List.of(origin()));
    WholeFile.write(
        folder.resolve("report.html"), target -> Files.writeString(target, page.html()));
  }

  private static List<Markup> scores(RunResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, List<Score>> metric : result.scores().entrySet()) {
      for (Score score : metric.getValue()) {
        rows.add(
            List.of(
                metric.getKey(),
                score.name(),
                Double.isNaN(score.threshold())
                    ? ""
                    : String.format(Locale.ROOT, "%.2f", score.threshold()),
                score.mode(),
                String.format(Locale.ROOT, "%.2f %%", 100 * score.value())));
      }
    }
    List<Markup> content = new ArrayList<>();
    if (!rows.isEmpty()) {
      content.add(Markup.table(List.of("metric", "number", "threshold", "chosen", "value"), rows));
    }
    content.add(Markup.paragraph("Masks: pixels that score " + result.masks() + " or more."));
    result.leftOut().map(Markup::paragraph).ifPresent(content::add);
    return content;
  }

  private static Markup origin() {
    return new Markup(
        "<p>Made from "
            + Markup.link("config.resolved.yaml").html()
            + "; see "
            + Markup.link("provenance.json").html()
            + ".</p>\n");
  }
}
