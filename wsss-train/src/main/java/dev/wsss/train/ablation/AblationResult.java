package dev.wsss.train.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an ablation says.
 *
 * @param outcomes of the runs that finished, in the plan's order
 * @param failures of the others
 * @param table that compares the cells, for a terminal; empty where no run finished
 */
public record AblationResult(
    Map<PlannedRun, CellOutcome> outcomes,
    Map<PlannedRun, RuntimeException> failures,
    Optional<String> table) {

  public AblationResult {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }
}
