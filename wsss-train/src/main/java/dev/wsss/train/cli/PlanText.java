package dev.wsss.train.cli;

import dev.wsss.train.pipeline.PlannedStage;
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
              stage
                  .last()
                  .map(
                      cost ->
                          String.format(
                              Locale.ROOT,
                              "%s, %.1f MB",
                              ProgressLine.clockTime(cost.seconds()),
                              cost.bytes() / MEGABYTE))
                  .orElse("unknown"),
              String.join("; ", stage.reasons())));
    }
    return TextColumns.of(rows);
  }

  private static String action(PlannedStage.Action action) {
    return switch (action) {
      case KEPT -> "kept";
      case GOES_ON -> "goes on";
      case RUNS -> "runs";
    };
  }
}
