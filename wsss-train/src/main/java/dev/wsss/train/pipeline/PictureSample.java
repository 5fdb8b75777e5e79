package dev.wsss.train.pipeline;

import dev.wsss.api.data.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A few pictures of a split to look at, which no result has chosen: from all over the split, and
 * each class about as often as that allows.
 */
final class PictureSample {
  private PictureSample() {}

  /**
   * Cuts the split into so many equal parts, and takes of each the first picture that has the class
   * shown least so far.
   *
   * @return in the order of the split; all of it where there are no more
   */
  static List<Example> of(List<Example> split, int most) {
    int parts = Math.min(most, split.size());
    Map<Integer, Integer> shown = new HashMap<>();
    List<Example> sample = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<Example> own = split.subList(start(part, parts, split), start(part + 1, parts, split));
      Example chosen = own.get(0);
      for (Example example : own) {
        if (least(example, shown) < least(chosen, shown)) {
          chosen = example;
        }
      }
      chosen.labels().stream().forEach(k -> shown.merge(k, 1, Integer::sum));
      sample.add(chosen);
    }
    return sample;
  }

  private static int start(int part, int parts, List<Example> split) {
    return (int) ((long) part * split.size() / parts);
  }

  /** How often its rarest class was shown; pictures without a class come last. */
  private static int least(Example example, Map<Integer, Integer> shown) {
    return example.labels().stream()
        .map(k -> shown.getOrDefault(k, 0))
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
