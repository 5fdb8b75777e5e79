package dev.wsss.eval.report;

import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** One line for each run and threshold mode; shares 0…1, empty where there is no number. */
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
        for (Score miou : row.scores()) {
          if (miou.name().equals("miou")) {
            printer.printRecord(
                row.cell(),
                row.seed(),
                row.split(),
                miou.mode(),
                threshold(miou.threshold()),
                share(miou.value()),
                row.score("precision", miou.mode()).map(s -> share(s.value())).orElse(""),
                row.score("recall", miou.mode()).map(s -> share(s.value())).orElse(""));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  private static String threshold(double threshold) {
    return Double.isNaN(threshold) ? "" : BigDecimal.valueOf(threshold).toPlainString();
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.6f", share);
  }
}
