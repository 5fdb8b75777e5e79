package dev.wsss.eval.report;

import dev.wsss.api.metric.Score;
import java.util.List;
import java.util.Optional;

/**
 * What one finished run of an ablation scored.
 *
 * @param cell name of the cell
 * @param seed of the run
 * @param split whose pictures are reported
 * @param scores of every metric, no two with the same name and mode
 */
public record AblationRow(String cell, long seed, String split, List<Score> scores) {

  public AblationRow {
    scores = List.copyOf(scores);
    long different = scores.stream().map(s -> s.name() + " " + s.mode()).distinct().count();
    if (different != scores.size()) {
      throw new IllegalArgumentException(
          "cell '" + cell + "', seed " + seed + ": two scores share a name and a mode");
    }
  }

  Optional<Score> score(String name, String mode) {
    return scores.stream().filter(s -> s.name().equals(name) && s.mode().equals(mode)).findFirst();
  }
}
