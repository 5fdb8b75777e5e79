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
 * @param table that compares the cells, for a terminal; empty where no run finished, and for a
 *     share of an ablation
 */
public record AblationResult(
    Map<PlannedRun, CellOutcome> outcomes,
    Map<PlannedRun, RuntimeException> failures,
    Optional<String> table) {

  public AblationResult {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  AblationResult withTable(Optional<String> made) {
    return new AblationResult(outcomes, failures, made);
  }
}
