package dev.wsss.train.cli;

import dev.wsss.train.pipeline.PlannedStage;
import dev.wsss.train.pipeline.StageCost;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.TextColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a pipeline would do, a line a stage. */
final class PlanText {
  private static final double MEGABYTE = 1e6;

  private PlanText() {}

  static String of(List<PlannedStage> plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "what is done", "took last time", "why"));
    for (PlannedStage stage : plan) {
      rows.add(
          List.of(
              stage.name(),
              action(stage.action()),
              stage.last().map(PlanText::cost).orElse("unknown"),
              String.join("; ", stage.reasons())));
    }
    return TextColumns.of(rows);
  }

  /** For example {@code 1:30, 12.0 MB}. */
  static String cost(StageCost cost) {
    return String.format(
        Locale.ROOT,
        "%s, %.1f MB",
        ProgressLine.clockTime(cost.seconds()),
        cost.bytes() / MEGABYTE);
  }

  static String action(PlannedStage.Action action) {
    return switch (action) {
      case KEPT -> "kept";
      case GOES_ON -> "goes on";
      case RUNS -> "runs";
    };
  }
}
