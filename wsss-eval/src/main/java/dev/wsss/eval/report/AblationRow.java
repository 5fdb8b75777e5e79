package dev.wsss.eval.report;

import dev.wsss.api.metric.Score;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one finished run of an ablation scored.
 *
 * @param cell name of the cell
 * @param levels of the cell by axis, in the order of the axes; every row has the same axes
 * @param seed of the run
 * @param split whose pictures are reported
 * @param scores by metric; no two of one metric with the same name and mode
 */
public record AblationRow(
    String cell,
    Map<String, String> levels,
    long seed,
    String split,
    Map<String, List<Score>> scores) {

  public AblationRow {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    for (Map.Entry<String, List<Score>> metric : scores.entrySet()) {
      List<Score> own = metric.getValue();
      if (own.stream().map(s -> s.name() + " " + s.mode()).distinct().count() != own.size()) {
        throw new IllegalArgumentException(
            "cell '%s', seed %d: two scores of %s share a name and a mode"
                .formatted(cell, seed, metric.getKey()));
      }
    }
  }

  /** The score that a column of a table shows. */
  Optional<Score> score(ScoreId id) {
    return scores.getOrDefault(id.metric(), List.of()).stream()
        .filter(s -> s.name().equals(id.name()) && s.mode().equals(id.mode()))
        .findFirst();
  }
}
