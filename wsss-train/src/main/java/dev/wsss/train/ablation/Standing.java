package dev.wsss.train.ablation;

import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A planned run and what there is of it before the ablation starts.
 *
 * @param identity what its numbers will depend on
 * @param from the folder of a run with the same training, begun or finished, if there is one
 * @param result of that run, if it is finished, whatever it was scored with
 * @param isScored whether the result was scored as the plan asks
 * @param isPlaceTaken whether another run stands in this one's place
 */
record Standing(
    PlannedRun run,
    RunIdentity identity,
    Optional<Path> from,
    Optional<RunResult> result,
    boolean isScored,
    boolean isPlaceTaken) {

  /** Whether nothing is left to do but to read the result. */
  boolean isDone() {
    return result.isPresent() && isScored;
  }
}
