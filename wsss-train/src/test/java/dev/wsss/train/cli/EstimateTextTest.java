package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.pipeline.PipelineEstimate;
import dev.wsss.train.pipeline.PlannedStage;
import dev.wsss.train.pipeline.StageCost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateTextTest {
  @Test
  void showsWhatEachStageWouldTakeAndAllTogether() {
    PipelineEstimate estimate =
        new PipelineEstimate(
            List.of(
                expected("train", PlannedStage.Action.KEPT, 0, 0),
                expected("maps", PlannedStage.Action.GOES_ON, 100, 5_000_000),
                expected("seeds", PlannedStage.Action.RUNS, 20, 200_000)),
            16,
            24.3,
            812);
    assertThat(EstimateText.of(estimate))
        .isEqualTo(
            """
            stage  what is done  will take about       why
            train  kept          nothing
            maps   goes on       at most 1:40, 5.0 MB  because
            seeds  runs          0:20, 0.2 MB          because
            together about 2:00, 5.2 MB; tried on 16 pictures of each split at most, for 0:24, with at most 812 MiB of memory\
            """);
  }

  @Test
  void saysThatNothingIsLeft() {
    PipelineEstimate estimate =
        new PipelineEstimate(List.of(expected("train", PlannedStage.Action.KEPT, 0, 0)), 0, 0, 812);
    assertThat(EstimateText.of(estimate))
        .isEqualTo(
            """
            stage  what is done  will take about  why
            train  kept          nothing
            all is finished: nothing is left to do\
            """);
  }

  private static PipelineEstimate.Expected expected(
      String stage, PlannedStage.Action action, double seconds, long bytes) {
    boolean isKept = action == PlannedStage.Action.KEPT;
    return new PipelineEstimate.Expected(
        new PlannedStage(
            stage,
            action,
            isKept ? List.of() : List.of("because"),
            isKept ? Optional.of(Path.of(stage)) : Optional.empty(),
            Optional.empty()),
        isKept ? Optional.empty() : Optional.of(new StageCost(seconds, 10, bytes)));
  }
}
