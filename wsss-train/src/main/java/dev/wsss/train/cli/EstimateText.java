package dev.wsss.train.cli;

import dev.wsss.train.pipeline.PipelineEstimate;
import dev.wsss.train.pipeline.PlannedStage;
import dev.wsss.train.pipeline.StageCost;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.TextColumns;
import java.util.ArrayList;
import java.util.List;

/** What a pipeline would do and take, a line a stage, and all together. */
final class EstimateText {
  private EstimateText() {}

  static String of(PipelineEstimate estimate) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "what is done", "will take about", "why"));
    for (PipelineEstimate.Expected expected : estimate.stages()) {
      PlannedStage stage = expected.stage();
      rows.add(
          List.of(
              stage.name(),
              PlanText.action(stage.action()),
              expected.cost().map(cost -> cost(stage, cost)).orElse("nothing"),
              String.join("; ", stage.reasons())));
    }
    return TextColumns.of(rows) + "\n" + total(estimate);
  }

  /** What stands of a stage that goes on is not counted. */
  private static String cost(PlannedStage stage, StageCost cost) {
    String text = PlanText.cost(cost);
    return stage.action() == PlannedStage.Action.GOES_ON ? "at most " + text : text;
  }

  private static String total(PipelineEstimate estimate) {
    if (estimate.pictures() == 0) {
      return "all is finished: nothing is left to do";
    }
    String all = PlanText.cost(new StageCost(estimate.seconds(), 0, estimate.bytes()));
    String tried =
        "together about %s; tried on %d pictures of each split at most, for %s"
            .formatted(all, estimate.pictures(), ProgressLine.clockTime(estimate.trialSeconds()));
    return estimate.peakMebibytes() == 0
        ? tried
        : tried + ", with at most %d MiB of memory".formatted(estimate.peakMebibytes());
  }
}
