package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Every number of every run of an ablation, one a line; see {@link CellTables#scoresCsv}. */
final class ScoresCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  private ScoresCsv() {}

  static String text(ClassNames classes, List<AblationRow> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      List<String> header = new ArrayList<>(rows.get(0).levels().keySet());
      header.addAll(List.of("metric", "name", "mode", "class", "seed", "value"));
      printer.printRecord(header);
      for (AblationRow row : rows) {
        for (Map.Entry<String, List<Score>> metric : row.scores().entrySet()) {
          for (Score score : metric.getValue()) {
            print(printer, row, metric.getKey(), score, "mean", score.value());
            List<Double> perClass = score.perClass();
            List<String> names = names(classes, perClass.size());
            for (int i = 0; i < perClass.size(); i++) {
              print(printer, row, metric.getKey(), score, names.get(i), perClass.get(i));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  /** Numbers where an axis changes the data set, so that a cell has other classes. */
  private static List<String> names(ClassNames classes, int count) {
    return count == classes.count() || count == classes.count() + 1
        ? classes.ofNumbers(count)
        : IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  private static void print(
      CSVPrinter printer, AblationRow row, String metric, Score score, String of, double value)
      throws IOException {
    if (!Double.isNaN(value)) {
      List<Object> line = new ArrayList<>(row.levels().values());
      line.addAll(List.of(metric, score.name(), score.mode(), of, row.seed()));
      line.add(String.format(Locale.ROOT, "%.6f", value));
      printer.printRecord(line);
    }
  }
}
