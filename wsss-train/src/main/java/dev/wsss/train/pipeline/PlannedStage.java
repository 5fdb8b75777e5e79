package dev.wsss.train.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What will be done with a stage.
 *
 * @param name of the stage
 * @param action what
 * @param reasons why, where there is work to do
 * @param finished its folder, where it is kept
 * @param last what the stage took when it was finished last in this folder, with whatever inputs
 */
public record PlannedStage(
    String name,
    Action action,
    List<String> reasons,
    Optional<Path> finished,
    Optional<StageCost> last) {

  public PlannedStage {
    reasons = List.copyOf(reasons);
  }

  /** What is done. */
  public enum Action {
    /** It is finished, and nothing is done. */
    KEPT,
    /** It was begun, and goes on where it stopped. */
    GOES_ON,
    /** It is made. */
    RUNS
  }
}
