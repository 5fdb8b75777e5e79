package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.metric.PictureCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Runs side by side: the tables of their scores with the first run as the baseline, and tables that
 * are paired by picture.
 */
public final class ComparisonTable {
  private static final String NOTE =
      "The pictures are drawn 10,000 times, the same for both; better and worse count pictures of all pairs.\n";

  private final CellTables table;
  private final SeedValues values;
  private final List<ScoreId> ids;
  private final List<String> names;
  private final List<PicturePairs> pictures;
  private final List<TextTable> byPicture;

  private ComparisonTable(
      CellTables table,
      List<AblationRow> rows,
      List<PicturePairs> pictures,
      List<TextTable> byPicture) {
    this.table = table;
    this.values = new SeedValues(List.copyOf(rows));
    this.ids = ScoreId.of(rows);
    this.names = names(rows);
    this.pictures = pictures;
    this.byPicture = byPicture;
  }

  /**
   * Runs that each have one set of masks, cut at their threshold.
   *
   * @param rows one for each run and seed; the first names the baseline
   * @param pictures counts by run and seed, of the same pictures in the same order; empty lists
   *     where nothing was compared with masks
   */
  public static ComparisonTable ofRuns(
      ClassNames classes,
      List<AblationRow> rows,
      Map<String, Map<Long, List<PictureCounts>>> pictures) {
    String baseline = rows.get(0).cell();
    PicturePairs masks =
        new PicturePairs(new ScoreId("pictures", "miou", "masks"), baseline, pictures);
    List<PicturePairs> all = masks.count() > 0 ? List.of(masks) : List.of();
    return new ComparisonTable(
        new AblationTable(classes, baseline, rows),
        rows,
        all,
        all.stream().map(own -> byRun(own, names(rows))).toList());
  }

  /**
   * Runs that have made masks in several stages.
   *
   * @param rows as {@link StageTables} reads them; the first names the baseline
   * @param pictures counts by stage, run and seed, of the same pictures in the same order; a run
   *     without a stage is missing there
   */
  public static ComparisonTable ofStages(
      ClassNames classes,
      List<AblationRow> rows,
      Map<StageMasks, Map<String, Map<Long, List<PictureCounts>>>> pictures) {
    String baseline = rows.get(0).cell();
    List<String> names = names(rows);
    Map<String, List<PicturePairs>> bySplit = new LinkedHashMap<>();
    bySplit.put(rows.get(0).split(), new ArrayList<>()); // the scored one stands first
    pictures.forEach(
        (masks, counts) -> {
          PicturePairs pairs =
              new PicturePairs(new ScoreId(masks.stage(), "miou", masks.split()), baseline, counts);
          if (names.stream().anyMatch(n -> !n.equals(baseline) && !pairs.pairs(n).isEmpty())) {
            bySplit.computeIfAbsent(masks.split(), split -> new ArrayList<>()).add(pairs);
          }
        });
    bySplit.values().removeIf(List::isEmpty);
    List<TextTable> tables = new ArrayList<>();
    bySplit.forEach((split, stages) -> tables.add(byStage(split, stages, names)));
    return new ComparisonTable(
        new StageTables(classes, baseline, rows),
        rows,
        bySplit.values().stream().flatMap(List::stream).toList(),
        tables);
  }

  private static List<String> names(List<AblationRow> rows) {
    return rows.stream().map(AblationRow::cell).distinct().toList();
  }

  private static TextTable byRun(PicturePairs masks, List<String> names) {
    List<String> header = new ArrayList<>(List.of("cell"));
    header.addAll(PicturePairs.HEADER);
    return new TextTable(
        "CAM mIoU at the masks' threshold, paired by picture (%d pictures)"
            .formatted(masks.count()),
        header,
        names.stream().map(name -> line(List.of(name), masks.columns(name))).toList());
  }

  private static TextTable byStage(String split, List<PicturePairs> stages, List<String> names) {
    List<String> header = new ArrayList<>(List.of("stage", "cell"));
    header.addAll(PicturePairs.HEADER);
    List<List<String>> lines = new ArrayList<>();
    for (PicturePairs masks : stages) {
      for (String name : names) {
        lines.add(line(List.of(masks.id().metric(), name), masks.columns(name)));
      }
    }
    return new TextTable(
        "Masks of split '%s', paired by picture (%d pictures)"
            .formatted(split, stages.get(0).count()),
        header,
        lines);
  }

  private static List<String> line(List<String> first, List<String> then) {
    List<String> line = new ArrayList<>(first);
    line.addAll(then);
    return line;
  }

  /** As aligned text. */
  public String terminal() {
    return table.terminal() + byPicture(TextTable::terminal, "");
  }

  /** As Markdown. */
  public String markdown() {
    return table.markdown() + byPicture(TextTable::markdown, "\n");
  }

  /** As {@code tabular}s of LaTeX; what is no table is a comment. */
  public String latex() {
    return table.latex() + byPicture(TextTable::latex, "% ");
  }

  private String byPicture(Function<TextTable, String> layout, String beforeNote) {
    StringBuilder text = new StringBuilder();
    byPicture.forEach(own -> text.append('\n').append(layout.apply(own)));
    return byPicture.isEmpty() ? "" : text.append(beforeNote).append(NOTE).toString();
  }

  /**
   * One line for each run, score and interval: {@code
   * run,metric,score,mode,mean,over,pairs,difference,low,high}, shares 0…1; {@code over} is {@code
   * seeds-bootstrap}, {@code seeds-student} or {@code pictures-bootstrap}; empty where there is no
   * number.
   */
  public String csv() {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecord(
          "run", "metric", "score", "mode", "mean", "over", "pairs", "difference", "low", "high");
      for (String name : names) {
        for (ScoreId id : ids) {
          PairedDifference paired = values.difference(names.get(0), name, id, Score::value);
          double mean = values.summary(name, id, Score::value).mean();
          print(printer, name, id, mean, "seeds-bootstrap", paired, paired.bootstrap());
          print(printer, name, id, mean, "seeds-student", paired, paired.student());
        }
        for (PicturePairs masks : pictures) {
          List<PairedPictures.Pair> pairs = masks.pairs(name);
          PairedPictures paired = new PairedPictures(pairs);
          PairedDifference.Interval interval = paired.interval();
          print(
              printer,
              name,
              masks.id(),
              masks.mean(name),
              "pictures-bootstrap",
              new PairedDifference(pairs.size(), paired.difference(), interval, interval),
              interval);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  private static void print(
      CSVPrinter printer,
      String name,
      ScoreId id,
      double mean,
      String over,
      PairedDifference paired,
      PairedDifference.Interval interval)
      throws IOException {
    printer.printRecord(
        name,
        id.metric(),
        id.name(),
        id.mode(),
        share(mean),
        over,
        paired.pairs(),
        share(paired.mean()),
        share(interval.low()),
        share(interval.high()));
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.6f", share + 0.0);
  }
}
