package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import dev.wsss.eval.html.ClassBars;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.Page;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.PairedDifference;
import dev.wsss.eval.report.PairedPictures;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.eval.report.TextTable;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code report.html} of a pipeline's folder: pictures, mask beside mask, what each stage's masks
 * are worth where there are exact ones, with the pictures that came out worst, and what each stage
 * cost. One file without scripts.
 *
 * @param pictures that masks were made of
 */
record PipelineReport(Path folder, PipelinePictures pictures, PipelineResult result) {
  private static final int SAMPLE = 12;
  private static final int WORST = 20;

  void write() throws IOException {
    String split = pictures.split();
    List<PipelineResult.Row> rows =
        result.rows().stream().filter(row -> row.quality().containsKey(split)).toList();
    Page page = new Page(String.valueOf(folder.getFileName()), lead(rows));
    result.learning().ifPresent(why -> page.section("Nothing was learned", why.markup()));
    for (TextTable table : result.qualities()) {
      page.section(table.heading(), List.of(Markup.table(table.header(), table.rows())));
    }
    page.section("Pictures of split " + pictures.trainingSplit(), sample(pictures.training()));
    if (pictures.scoredSplit().isPresent()) {
      page.section("Pictures of split " + split, sample(pictures.scored()));
    }
    if (!rows.isEmpty()) {
      PipelineResult.Row last = rows.get(rows.size() - 1);
      page.section("What each stage adds", steps(rows));
      page.section("Precision over recall", PipelineCharts.precisionOverRecall(rows, split));
      page.section("The worst pictures", worst(rows));
      page.section("IoU by class, " + last.stage(), List.of(ClassBars.of(quality(last).iou())));
      page.section("Wrong pixels", wrong(rows));
    }
    page.section("Trainings", PipelineCharts.trainings(result.rows()));
    TextTable costs = result.costs();
    page.section("What each stage cost", List.of(Markup.table(costs.header(), costs.rows())));
    WholeFile.write(folder.resolve("report.html"), to -> Files.writeString(to, page.html()));
  }

  private MaskQuality quality(PipelineResult.Row row) {
    MaskQuality quality = row.quality().get(pictures.split());
    if (quality == null) {
      throw new IllegalStateException(
          "stage " + row.stage() + " has no masks of " + pictures.split());
    }
    return quality;
  }

  private String lead(List<PipelineResult.Row> rows) {
    if (rows.isEmpty()) {
      return "Split %s has no exact masks to compare with, so look at its pictures."
          .formatted(pictures.split());
    }
    PipelineResult.Row first = rows.get(0);
    PipelineResult.Row last = rows.get(rows.size() - 1);
    return String.format(
        Locale.ROOT,
        "Masks of %d pictures of split %s: mIoU %.1f %% after %s, %.1f %% after %s; background alone has %.1f %%.",
        quality(last).pictures(),
        pictures.split(),
        100 * quality(first).miou(),
        first.stage(),
        100 * quality(last).miou(),
        last.stage(),
        100 * quality(last).trivial().getOrDefault("background alone", Double.NaN));
  }

  private List<PictureCounts> counts(PipelineResult.Row row) throws IOException {
    return PicturesCsv.read(
        row.folder().resolve("pictures-" + pictures.split() + ".csv"), pictures.data().classes());
  }

  /** Each against the one before, on the same pictures. */
  private List<Markup> steps(List<PipelineResult.Row> rows) throws IOException {
    List<List<String>> lines = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<PictureCounts> before = counts(rows.get(i - 1));
      List<PictureCounts> after = counts(rows.get(i));
      if (before.size() == after.size()) {
        PairedPictures paired = new PairedPictures(List.of(new PairedPictures.Pair(before, after)));
        PairedDifference.Interval interval = paired.interval();
        lines.add(
            List.of(
                rows.get(i - 1).stage() + " → " + rows.get(i).stage(),
                String.format(Locale.ROOT, "%+.2f", 100 * paired.difference()),
                String.format(
                    Locale.ROOT, "[%+.2f, %+.2f]", 100 * interval.low(), 100 * interval.high())));
      }
    }
    return lines.isEmpty()
        ? List.of()
        : List.of(Markup.table(List.of("step", "mIoU", "bootstrap over pictures, 95 %"), lines));
  }

  /** Some pictures of a split, which no result has chosen. */
  private List<Markup> sample(List<Example> split) throws IOException {
    List<Example> sample = PictureSample.of(split, SAMPLE);
    StageCards cards = StageCards.of(pictures.data(), result.rows(), sample);
    List<Markup> drawn = new ArrayList<>();
    for (Example example : sample) {
      drawn.add(cards.card(example, ""));
    }
    String rule =
        "%d of %d, chosen by their place and their labels alone: the split is cut into %1$d equal parts, and each gives the first picture that has the class shown least so far. Background shows the picture as it is; pixels in cream are left open."
            .formatted(sample.size(), split.size());
    return List.of(Markup.paragraph(rule), Markup.row(drawn));
  }

  private List<Markup> worst(List<PipelineResult.Row> rows) throws IOException {
    List<PictureCounts> sorted = new ArrayList<>(counts(rows.get(rows.size() - 1)));
    sorted.removeIf(picture -> Double.isNaN(picture.iou()));
    sorted.sort(Comparator.comparingDouble(PictureCounts::iou));
    Map<String, Example> byId = new HashMap<>();
    pictures.all().forEach(example -> byId.put(example.id(), example));
    Map<Example, Double> worst = new LinkedHashMap<>();
    for (PictureCounts picture : sorted.subList(0, Math.min(WORST, sorted.size()))) {
      Example example = byId.get(picture.picture());
      if (example != null) {
        worst.put(example, picture.iou());
      }
    }
    StageCards cards = StageCards.of(pictures.data(), rows, List.copyOf(worst.keySet()));
    List<Markup> drawn = new ArrayList<>();
    for (Map.Entry<Example, Double> picture : worst.entrySet()) {
      String iou = String.format(Locale.ROOT, ", IoU %.1f %%", 100 * picture.getValue());
      drawn.add(cards.card(picture.getKey(), iou));
    }
    return drawn.isEmpty() ? List.of() : List.of(Markup.row(drawn));
  }

  private List<Markup> wrong(List<PipelineResult.Row> rows) {
    List<String> header = new ArrayList<>(List.of("share of all pixels"));
    rows.forEach(row -> header.add(row.stage()));
    List<List<String>> lines = new ArrayList<>();
    for (String kind : quality(rows.get(0)).errors().keySet()) {
      List<String> line = new ArrayList<>(List.of(kind));
      rows.forEach(row -> line.add(percent(quality(row).errors().getOrDefault(kind, Double.NaN))));
      lines.add(line);
    }
    List<Markup> content = new ArrayList<>(List.of(Markup.table(header, lines)));
    PipelineResult.Row last = rows.get(rows.size() - 1);
    List<List<String>> pairs = new ArrayList<>();
    for (MaskQuality.Taken taken : quality(last).confused()) {
      pairs.add(List.of(taken.of(), taken.by(), percent(taken.share())));
    }
    if (!pairs.isEmpty()) {
      content.add(Markup.paragraph("Classes that are confused most, after " + last.stage() + ":"));
      content.add(Markup.table(List.of("of", "taken by", "share of its pixels"), pairs));
    }
    return content;
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
