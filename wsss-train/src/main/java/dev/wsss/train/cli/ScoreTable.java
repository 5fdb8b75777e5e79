package dev.wsss.train.cli;

import dev.wsss.api.metric.Score;
import dev.wsss.train.progress.TextColumns;
import dev.wsss.train.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers of one run in columns. */
final class ScoreTable {

  private ScoreTable() {}

  /** One row for each score, with the way its threshold was chosen. */
  static String of(RunResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "score", "threshold", result.split()));
    result
        .scores()
        .forEach((metric, scores) -> scores.forEach(score -> rows.add(row(metric, score))));
    return TextColumns.of(rows) + result.leftOut().map(line -> "\n" + line).orElse("");
  }

  private static List<String> row(String metric, Score score) {
    String threshold =
        Double.isNaN(score.threshold())
            ? score.mode()
            : String.format(Locale.ROOT, "%.2f (%s)", score.threshold(), score.mode());
    return List.of(
        metric,
        score.name(),
        threshold,
        String.format(Locale.ROOT, "%5.1f %%", 100 * score.value()));
  }
}
