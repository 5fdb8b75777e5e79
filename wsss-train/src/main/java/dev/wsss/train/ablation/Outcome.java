package dev.wsss.train.ablation;

import dev.wsss.train.run.RunResult;
import java.nio.file.Path;

/**
 * How a run of an ablation ended well.
 *
 * @param folder that holds the run; another cell's where the result is shared
 * @param how where the result comes from
 */
public record Outcome(RunResult result, Path folder, How how) {

  /** Where a result comes from. */
  public enum How {
    /** It was trained now. */
    TRAINED,
    /** It was in the folder already. */
    KEPT,
    /** An equal configuration has run in another cell. */
    SHARED
  }
}
