package dev.wsss.train.pipeline;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.html.ClassBars;
import dev.wsss.eval.html.Markup;
import dev.wsss.eval.html.Page;
import dev.wsss.eval.html.PictureCard;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.ClassColours;
import dev.wsss.eval.report.PairedDifference;
import dev.wsss.eval.report.PairedPictures;
import dev.wsss.eval.report.PictureTile;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.eval.report.TextTable;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code report.html} of a pipeline's folder: what each stage's masks are worth, with the pictures
 * that came out worst, mask beside mask, and what each stage cost. One file without scripts.
 *
 * @param split whose masks are shown
 * @param examples its pictures
 */
record PipelineReport(
    Path folder,
    SegmentationDataset data,
    String split,
    List<Example> examples,
    PipelineResult result) {
  private static final int WORST = 20;
  private static final int TILE_SIDE = 200;
  private static final int MOST_BYTES = 2_500_000;

  void write() throws IOException {
    List<PipelineResult.Row> rows =
        result.rows().stream().filter(row -> row.quality().containsKey(split)).toList();
    Page page = new Page(String.valueOf(folder.getFileName()), lead(rows));
    for (TextTable table : result.tables()) {
      page.section(table.heading(), List.of(Markup.table(table.header(), table.rows())));
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
    MaskQuality quality = row.quality().get(split);
    if (quality == null) {
      throw new IllegalStateException("stage " + row.stage() + " has no masks of " + split);
    }
    return quality;
  }

  private String lead(List<PipelineResult.Row> rows) {
    if (rows.isEmpty()) {
      return "Masks of photographs without exact masks to compare them with.";
    }
    PipelineResult.Row first = rows.get(0);
    PipelineResult.Row last = rows.get(rows.size() - 1);
    return String.format(
        Locale.ROOT,
        "Masks of %d pictures of split %s: mIoU %.1f %% after %s, %.1f %% after %s; background alone has %.1f %%.",
        quality(last).pictures(),
        split,
        100 * quality(first).miou(),
        first.stage(),
        100 * quality(last).miou(),
        last.stage(),
        100 * quality(last).trivial().getOrDefault("background alone", Double.NaN));
  }

  private List<PictureCounts> counts(PipelineResult.Row row) throws IOException {
    return PicturesCsv.read(row.folder().resolve("pictures-" + split + ".csv"), data.classes());
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

  private List<Markup> worst(List<PipelineResult.Row> rows) throws IOException {
    List<PictureCounts> sorted = new ArrayList<>(counts(rows.get(rows.size() - 1)));
    sorted.removeIf(picture -> Double.isNaN(picture.iou()));
    sorted.sort(Comparator.comparingDouble(PictureCounts::iou));
    Map<String, Example> byId = new LinkedHashMap<>();
    examples.forEach(example -> byId.put(example.id(), example));
    List<Markup> cards = new ArrayList<>();
    int bytes = 0;
    for (PictureCounts picture : sorted.subList(0, Math.min(WORST, sorted.size()))) {
      Example example = byId.get(picture.picture());
      if (example != null && bytes < MOST_BYTES) {
        try {
          List<PictureCard.View> views = views(example, rows);
          bytes += views.stream().mapToInt(view -> view.tile().jpeg().length).sum();
          String title =
              String.format(Locale.ROOT, "%s, IoU %.1f %%", example.id(), 100 * picture.iou());
          cards.add(PictureCard.of(title, views, colours(example, rows)));
        } catch (BadImageException e) {
          // It has changed since it was scored.
        }
      }
    }
    return cards.isEmpty() ? List.of() : List.of(Markup.row(cards));
  }

  private List<PictureCard.View> views(Example example, List<PipelineResult.Row> rows)
      throws IOException {
    RgbImage image = PictureTile.shrunk(data.image(example), TILE_SIDE);
    List<PictureCard.View> views = new ArrayList<>();
    views.add(new PictureCard.View("picture", PictureTile.of(image)));
    IndexMask truth = data.mask(example).orElseThrow(() -> new BadImageException("no mask"));
    views.add(
        new PictureCard.View("truth", PictureTile.of(image, PictureTile.shrunk(truth, TILE_SIDE))));
    for (PipelineResult.Row row : rows) {
      IndexMask mask =
          new MaskFolder(row.folder(), data)
              .read(example)
              .orElseThrow(() -> new BadImageException("no mask"));
      views.add(
          new PictureCard.View(
              row.stage(), PictureTile.of(image, PictureTile.shrunk(mask, TILE_SIDE))));
    }
    return views;
  }

  /** Of the labels, and of what truth or the last mask hold besides. */
  private Map<String, String> colours(Example example, List<PipelineResult.Row> rows)
      throws BadImageException {
    List<IndexMask> masks = new ArrayList<>(data.mask(example).stream().toList());
    new MaskFolder(rows.get(rows.size() - 1).folder(), data).read(example).ifPresent(masks::add);
    return ClassColours.of(data.classes(), example.labels(), masks);
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
