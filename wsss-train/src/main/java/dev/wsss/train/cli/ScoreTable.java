package dev.wsss.train.cli;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.train.progress.TextColumns;
import dev.wsss.train.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers of one run in columns. */
final class ScoreTable {

  private ScoreTable() {}

  /**
   * One row for each score, with the way its threshold was chosen; then the IoU of each class at
   * the threshold of the masks.
   */
  static String of(RunResult result, ClassNames classes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "score", "threshold", result.split()));
    result
        .scores()
        .forEach((metric, scores) -> scores.forEach(score -> rows.add(row(metric, score))));
    return TextColumns.of(rows)
        + result.leftOut().map(line -> "\n" + line).orElse("")
        + result
            .miouOfMasks()
            .filter(miou -> !miou.perClass().isEmpty())
            .map(miou -> "\n\n" + byClass(miou, classes))
            .orElse("");
  }

  private static String byClass(Score miou, ClassNames classes) {
    List<List<String>> rows = new ArrayList<>();
    miou.byClass(classes)
        .forEach(
            (name, iou) ->
                rows.add(
                    List.of(
                        name,
                        Double.isNaN(iou)
                            ? "    –"
                            : String.format(Locale.ROOT, "%5.1f %%", 100 * iou))));
    return "IoU by class, threshold "
        + threshold(miou)
        + "\n"
        + TextColumns.of(rows).indent(2).stripTrailing();
  }

  private static String threshold(Score score) {
    return Double.isNaN(score.threshold())
        ? score.mode()
        : String.format(Locale.ROOT, "%.2f (%s)", score.threshold(), score.mode());
  }

  private static List<String> row(String metric, Score score) {
    return List.of(
        metric,
        score.name(),
        threshold(score),
        String.format(Locale.ROOT, "%5.1f %%", 100 * score.value()));
  }
}
