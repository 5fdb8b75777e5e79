package dev.wsss.train.run;

import dev.wsss.api.metric.Score;
import dev.wsss.train.config.ScoringConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Chooses the threshold of masks, and sees to it that the scores say what such masks are worth.
 *
 * @param scores by metric
 * @param curves the numbers of a metric at every threshold, for metrics that have one
 */
record ScoredThresholds(Map<String, List<Score>> scores, Map<String, List<Score>> curves) {
  private static final double SAME = 1e-9;

  /** In the order that {@link MaskThreshold} gives. */
  MaskThreshold choose(OptionalDouble given, OptionalDouble heldOut, ScoringConfig scoring) {
    if (given.isPresent()) {
      return new MaskThreshold(given.getAsDouble(), MaskThreshold.GIVEN);
    }
    if (heldOut.isPresent()) {
      return new MaskThreshold(heldOut.getAsDouble(), MaskThreshold.HELD_OUT);
    }
    return scores.values().stream()
        .flatMap(List::stream)
        .filter(s -> s.mode().equals(MaskThreshold.FIXED) && !Double.isNaN(s.threshold()))
        .findFirst()
        .map(score -> new MaskThreshold(score.threshold(), MaskThreshold.FIXED))
        .orElseGet(() -> new MaskThreshold(scoring.maskThreshold(), MaskThreshold.CONFIGURED));
  }

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
