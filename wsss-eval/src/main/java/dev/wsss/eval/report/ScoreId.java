package dev.wsss.eval.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What tells the scores of a run apart.
 *
 * @param metric name of the metric in the configuration
 * @param name of the score, for example {@code miou}
 * @param mode how its threshold was chosen; {@code none} without one
 */
record ScoreId(String metric, String name, String mode) {

  /** Those that any of the runs has, in the order in which they first occur. */
  static List<ScoreId> of(List<AblationRow> rows) {
    return rows.stream().flatMap(ScoreId::of).distinct().toList();
  }

  private static Stream<ScoreId> of(AblationRow row) {
    return row.scores().entrySet().stream()
        .flatMap(
            metric ->
                metric.getValue().stream()
                    .map(score -> new ScoreId(metric.getKey(), score.name(), score.mode())));
  }

  boolean hasThreshold() {
    return !mode.equals("none");
  }

  /** As people write it: {@code mIoU}, {@code mAP}, others as they are called. */
  String title() {
    return switch (name) {
      case "miou" -> "mIoU";
      case "map" -> "mAP";
      case "boundary-f" -> "boundary F";
      default -> name;
    };
  }
}
