package dev.wsss.eval.report;

import dev.wsss.eval.metric.PictureCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Masks of the same pictures by several runs, compared with those of one of them picture by
 * picture.
 *
 * @param id what the masks are called where programs read it
 * @param baseline the run that the others are compared with
 * @param counts by run and seed, of the same pictures in the same order; a run may be missing
 */
record PicturePairs(
    ScoreId id, String baseline, Map<String, Map<Long, List<PictureCounts>>> counts) {

  static final List<String> HEADER =
      List.of("mIoU", "pairs", "difference", "bootstrap 95 % over pictures", "better", "worse");

  /** Of pictures; 0 where a run has none. */
  int count() {
    return counts.values().stream()
        .flatMap(bySeed -> bySeed.values().stream())
        .mapToInt(List::size)
        .min()
        .orElse(0);
  }

  /** Mean of the mIoU over seeds; NaN of a run that has none. */
  double mean(String run) {
    return counts.getOrDefault(run, Map.of()).values().stream()
        .mapToDouble(PictureCounts::miou)
        .average()
        .orElse(Double.NaN);
  }

  /** Those of the seeds that both have. */
  List<PairedPictures.Pair> pairs(String run) {
    List<PairedPictures.Pair> pairs = new ArrayList<>();
    Map<Long, List<PictureCounts>> others = counts.getOrDefault(run, Map.of());
    counts
        .getOrDefault(baseline, Map.of())
        .forEach(
            (seed, first) -> {
              List<PictureCounts> other = others.get(seed);
              if (other != null) {
                pairs.add(new PairedPictures.Pair(first, other));
              }
            });
    return pairs;
  }

  /** Under {@link #HEADER}. */
  List<String> columns(String run) {
    String mean = Numbers.percent(mean(run));
    if (run.equals(baseline)) {
      return List.of(mean, "", "baseline", "", "", "");
    }
    List<PairedPictures.Pair> pairs = pairs(run);
    if (pairs.isEmpty()) {
      return List.of(mean, "0", Numbers.NONE, Numbers.NONE, "", "");
    }
    PairedPictures paired = new PairedPictures(pairs);
    return List.of(
        mean,
        String.valueOf(pairs.size()),
        Numbers.change(paired.difference()),
        Numbers.change(paired.interval()),
        String.valueOf(paired.better()),
        String.valueOf(paired.worse()));
  }
}
