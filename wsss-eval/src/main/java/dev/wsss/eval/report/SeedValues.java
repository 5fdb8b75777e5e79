package dev.wsss.eval.report;

import dev.wsss.api.metric.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Numbers of an ablation's runs by cell and seed. Those that are NaN are left out, and so are runs
 * without that score.
 */
record SeedValues(List<AblationRow> rows) {
  private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(10_000, 0.95, 1);

  /** Values by seed, ascending. */
  Map<Long, Double> of(String cell, ScoreId id, ToDoubleFunction<Score> number) {
    Map<Long, Double> values = new TreeMap<>();
    for (AblationRow row : rows) {
      Optional<Score> score = row.score(id);
      if (row.cell().equals(cell) && score.isPresent()) {
        double value = number.applyAsDouble(score.get());
        if (!Double.isNaN(value)) {
          values.put(row.seed(), value);
        }
      }
    }
    return values;
  }

  MeanDeviation summary(String cell, ScoreId id, ToDoubleFunction<Score> number) {
    return MeanDeviation.of(array(of(cell, id, number)));
  }

  /** {@code cell − baseline} over the seeds that both have. */
  PairedDifference difference(
      String baseline, String cell, ScoreId id, ToDoubleFunction<Score> number) {
    Map<Long, Double> theirs = of(baseline, id, number);
    Map<Long, Double> ours = of(cell, id, number);
    theirs.keySet().retainAll(ours.keySet());
    ours.keySet().retainAll(theirs.keySet());
    return BOOTSTRAP.compare(array(theirs), array(ours));
  }

  /** The number of a class, NaN where a score has none. */
  static ToDoubleFunction<Score> ofClass(int index) {
    return score -> index < score.perClass().size() ? score.perClass().get(index) : Double.NaN;
  }

  static double[] array(Map<Long, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
