package dev.wsss.eval.report;

import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * One line for each run and threshold mode of {@code miou}; shares 0…1, empty where there is no
 * number. {@link ScoresCsv} has every score.
 */
final class AblationCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "cell", "seed", "split", "threshold_mode", "threshold", "miou", "precision", "recall")
          .setRecordSeparator("\n")
          .get();

  private AblationCsv() {}

  static String text(List<AblationRow> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (AblationRow row : rows) {
        for (Score miou : firstOfEachMode(row)) {
          printer.printRecord(
              row.cell(),
              row.seed(),
              row.split(),
              miou.mode(),
              threshold(miou.threshold()),
              share(miou.value()),
              first(row, "precision", miou.mode()).map(s -> share(s.value())).orElse(""),
              first(row, "recall", miou.mode()).map(s -> share(s.value())).orElse(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  /** Of several metrics with equal scores the first counts. */
  private static Collection<Score> firstOfEachMode(AblationRow row) {
    Map<String, Score> byMode = new LinkedHashMap<>();
    row.scores().values().stream()
        .flatMap(List::stream)
        .filter(score -> score.name().equals("miou"))
        .forEach(score -> byMode.putIfAbsent(score.mode(), score));
    return byMode.values();
  }

  private static Optional<Score> first(AblationRow row, String name, String mode) {
    return row.scores().values().stream()
        .flatMap(List::stream)
        .filter(score -> score.name().equals(name) && score.mode().equals(mode))
        .findFirst();
  }

  private static String threshold(double threshold) {
    return Double.isNaN(threshold) ? "" : BigDecimal.valueOf(threshold).toPlainString();
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.6f", share);
  }
}
