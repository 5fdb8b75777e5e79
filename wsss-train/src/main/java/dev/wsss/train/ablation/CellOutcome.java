package dev.wsss.train.ablation;

import dev.wsss.train.run.RunResult;
import java.nio.file.Path;

/**
 * How a run of an ablation ended well.
 *
 * @param folder that holds the run; another cell's where the result is shared
 * @param how where the result comes from
 */
public record CellOutcome(RunResult result, Path folder, How how) {

  /** Where a result comes from. */
  public enum How {
    /** It was trained now, wholly or from a checkpoint on. */
    TRAINED,
    /** Its networks stood already, and were scored anew since the scoring has changed. */
    RESCORED,
    /** It stood already. */
    KEPT,
    /** An equal run has run in another cell. */
    SHARED
  }

  /** The same for a run that is equal. */
  CellOutcome shared() {
    return new CellOutcome(result, folder, How.SHARED);
  }
}
