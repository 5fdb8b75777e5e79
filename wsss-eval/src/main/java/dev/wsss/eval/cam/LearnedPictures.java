package dev.wsss.eval.cam;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pictures that a network learns from: a split without those left out, so that somebody is
 * there whom it has never seen.
 *
 * @param leftOutShare 0…1
 */
public record LearnedPictures(String split, double leftOutShare) {
  /** Fixed, so that every run on a data set sets the same pictures apart. */
  static final long SEED = 0;

  /**
   * In the split's order.
   *
   * @throws DataException if the data set has no such split
   */
  public List<Example> of(SegmentationDataset data) {
    Set<Example> unseen = new HashSet<>(leftOut(data));
    return all(data).stream().filter(example -> !unseen.contains(example)).toList();
  }

  /**
   * Those left out, the first in an order of names that the share does not change. Every class
   * keeps a picture that is learned, so they may be fewer than the share.
   *
   * @throws DataException if the data set has no such split
   */
  public List<Example> leftOut(SegmentationDataset data) {
    List<Example> all = all(data);
    Map<Integer, Long> left =
        all.stream()
            .flatMap(example -> example.labels().stream().boxed())
            .collect(Collectors.groupingBy(k -> k, Collectors.counting()));
    List<Example> leftOut = new ArrayList<>();
    for (Example candidate : HeldOut.choose(all, leftOutShare, SEED)) {
      if (candidate.labels().stream().allMatch(k -> left.getOrDefault(k, 0L) > 1)) {
        candidate.labels().stream().forEach(k -> left.merge(k, -1L, Long::sum));
        leftOut.add(candidate);
      }
    }
    return leftOut;
  }

  /**
   * Pictures whose masks may choose thresholds: those left out, and more of the same order up to a
   * share, which are learned.
   */
  public List<Example> heldOut(SegmentationDataset data, double share) {
    return HeldOut.choose(all(data), Math.max(share, leftOutShare), SEED);
  }

  /**
   * The whole split.
   *
   * @throws DataException that names the key, if the data set has no such split
   */
  public List<Example> all(SegmentationDataset data) {
    try {
      return data.examples(split);
    } catch (DataException e) {
      throw new DataException("training.split: " + e.getMessage(), e);
    }
  }
}
