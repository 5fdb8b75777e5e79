package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that the scores say what masks are worth.
 *
 * @param scores by metric
 * @param curves the numbers of a metric at every threshold, for metrics that have one
 */
record ScoredThresholds(Map<String, List<Score>> scores, Map<String, List<Score>> curves) {
  private static final double SAME = 1e-9;

  /**
   * The scores, and the curves' points nearest to the masks' threshold where no score has it.
   *
   * @return scores by metric
   */
  Map<String, List<Score>> scoresWith(MaskThreshold masks) {
    Map<String, List<Score>> all = new LinkedHashMap<>(scores);
    curves.forEach(
        (metric, curve) ->
            all.computeIfPresent(metric, (name, own) -> withPoints(own, curve, masks)));
    return all;
  }

  private static List<Score> withPoints(List<Score> own, List<Score> curve, MaskThreshold masks) {
    if (own.stream().anyMatch(s -> Math.abs(s.threshold() - masks.value()) < SAME)) {
      return own;
    }
    List<Score> more = new ArrayList<>(own);
    curve.stream()
        .map(Score::name)
        .distinct()
        .forEach(
            name ->
                curve.stream()
                    .filter(point -> point.name().equals(name))
                    .min(Comparator.comparingDouble(p -> Math.abs(p.threshold() - masks.value())))
                    .ifPresent(
                        point ->
                            more.add(
                                new Score(
                                    name,
                                    masks.mode(),
                                    point.threshold(),
                                    point.value(),
                                    point.perClass()))));
    return List.copyOf(more);
  }
}
