package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.metric.PictureCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Runs side by side: the tables of {@link AblationTable} with the first run as the baseline, and
 * one that is paired by picture.
 */
public final class ComparisonTable {
  private final AblationTable table;
  private final SeedValues values;
  private final List<ScoreId> ids;
  private final List<String> names;
  private final Map<String, Map<Long, List<PictureCounts>>> pictures;

  /**
   * @param rows one for each run and seed; the first names the baseline
   * @param pictures counts by run and seed, of the same pictures in the same order; empty lists
   *     where nothing was compared with masks
   */
  public ComparisonTable(
      ClassNames classes,
      List<AblationRow> rows,
      Map<String, Map<Long, List<PictureCounts>>> pictures) {
    this.table = new AblationTable(classes, rows.get(0).cell(), rows);
    this.values = new SeedValues(List.copyOf(rows));
    this.ids = ScoreId.of(rows);
    this.names = rows.stream().map(AblationRow::cell).distinct().toList();
    this.pictures = pictures;
  }

  /** As aligned text. */
  public String terminal() {
    return table.terminal() + (hasPictures() ? "\n" + byPicture().terminal() + note("") : "");
  }

  /** As Markdown. */
  public String markdown() {
    return table.markdown() + (hasPictures() ? "\n" + byPicture().markdown() + note("\n") : "");
  }

  /** As {@code tabular}s of LaTeX; what is no table is a comment. */
  public String latex() {
    return table.latex() + (hasPictures() ? "\n" + byPicture().latex() + note("% ") : "");
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
        if (hasPictures()) {
          PairedPictures paired = paired(name);
          ScoreId id = new ScoreId("pictures", "miou", "masks");
          PairedDifference.Interval interval = paired.interval();
          print(
              printer,
              name,
              id,
              mean(name),
              "pictures-bootstrap",
              new PairedDifference(pairs(name).size(), paired.difference(), interval, interval),
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

  private boolean hasPictures() {
    return count() > 0;
  }

  /** How many pictures were scored; 0 where a run has none. */
  private int count() {
    return pictures.values().stream()
        .flatMap(bySeed -> bySeed.values().stream())
        .mapToInt(List::size)
        .min()
        .orElse(0);
  }

  private TextTable byPicture() {
    List<List<String>> lines = new ArrayList<>();
    for (String name : names) {
      List<String> line = new ArrayList<>(List.of(name, Numbers.percent(mean(name))));
      if (name.equals(names.get(0))) {
        line.addAll(List.of("", "baseline", "", "", ""));
      } else {
        PairedPictures paired = paired(name);
        line.add(String.valueOf(pairs(name).size()));
        line.add(Numbers.change(paired.difference()));
        line.add(Numbers.change(paired.interval()));
        line.add(String.valueOf(paired.better()));
        line.add(String.valueOf(paired.worse()));
      }
      lines.add(line);
    }
    return new TextTable(
        "CAM mIoU at the masks' threshold, paired by picture (%d pictures)".formatted(count()),
        List.of(
            "cell",
            "mIoU",
            "pairs",
            "difference",
            "bootstrap 95 % over pictures",
            "better",
            "worse"),
        lines);
  }

  private double mean(String name) {
    return pictures.getOrDefault(name, Map.of()).values().stream()
        .mapToDouble(PictureCounts::miou)
        .average()
        .orElse(Double.NaN);
  }

  private PairedPictures paired(String name) {
    return new PairedPictures(pairs(name));
  }

  private List<PairedPictures.Pair> pairs(String name) {
    List<PairedPictures.Pair> pairs = new ArrayList<>();
    Map<Long, List<PictureCounts>> others = pictures.getOrDefault(name, Map.of());
    pictures
        .getOrDefault(names.get(0), Map.of())
        .forEach(
            (seed, baseline) -> {
              List<PictureCounts> other = others.get(seed);
              if (other != null) {
                pairs.add(new PairedPictures.Pair(baseline, other));
              }
            });
    return pairs;
  }

  private static String note(String before) {
    return before
        + "The pictures are drawn 10,000 times, the same for both; better and worse count pictures of all pairs.\n";
  }
}
