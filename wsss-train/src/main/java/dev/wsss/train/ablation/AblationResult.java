package dev.wsss.train.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an ablation says.
 *
 * @param outcomes of the runs that finished, in the plan's order
 * @param failures of the others
 */
public record AblationResult(
    Map<PlannedRun, Outcome> outcomes, Map<PlannedRun, RuntimeException> failures) {

  public AblationResult {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }
}
