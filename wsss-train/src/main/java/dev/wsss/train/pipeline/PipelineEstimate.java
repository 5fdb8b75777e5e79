package dev.wsss.train.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What a pipeline would do and about what it would take, by a trial on this machine.
 *
 * @param stages in their order
 * @param pictures of each split that were tried at most; 0 where nothing was
 * @param trialSeconds that the trial took
 * @param peakMebibytes the most memory that this process ever held, in MiB; 0 where that is unknown
 */
public record PipelineEstimate(
    List<Expected> stages, int pictures, double trialSeconds, long peakMebibytes) {

  public PipelineEstimate {
    stages = List.copyOf(stages);
  }

  /**
   * A stage.
   *
   * @param cost of what it would make, from its beginning; empty where it is kept
   */
  public record Expected(PlannedStage stage, Optional<StageCost> cost) {}

  /** Seconds of all that would run. */
  public double seconds() {
    return costs().stream().mapToDouble(StageCost::seconds).sum();
  }

  /** Bytes of all that would be made. */
  public long bytes() {
    return costs().stream().mapToLong(StageCost::bytes).sum();
  }

  private List<StageCost> costs() {
    return stages.stream().flatMap(stage -> stage.cost().stream()).toList();
  }
}
