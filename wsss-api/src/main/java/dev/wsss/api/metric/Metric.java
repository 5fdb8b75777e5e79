package dev.wsss.api.metric;

import dev.wsss.api.data.ClassNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something counted over a split in one pass.
 *
 * <p>An implementation may inject its configuration record only, and keeps nothing itself: all
 * counts are in the tally.
 *
 * @param <A> the tally, mutable
 */
public interface Metric<A> {

  /** An empty tally. */
  A open(ClassNames classes);

  /** Counts one picture. */
  void add(A tally, Prediction prediction);

  /**
   * Reads the numbers off.
   *
   * @param tally of the pictures that are reported
   *     <p>A data set without masks of the pictures set apart is a common case: their tally is then
   *     there, with nothing in it that a threshold could be chosen from. Mode {@code held-out} is
   *     left out of the scores in that case, and {@link #threshold} is empty; log a warning that
   *     says so.
   * @param heldOut of training pictures set apart for choosing thresholds, where any were counted
   */
  List<Score> read(A tally, Optional<A> heldOut);

  /**
   * The threshold that pictures set apart choose, where the metric has one and they show enough to
   * choose it from; a pseudo mask is cut at it.
   */
  default OptionalDouble threshold(A heldOut) {
    return OptionalDouble.empty();
  }

  /**
   * The threshold that the configuration gives, where the metric reports at one (mode {@code
   * fixed}); a pseudo mask is cut at it where pictures set apart choose none.
   */
  default OptionalDouble fixedThreshold() {
    return OptionalDouble.empty();
  }

  /**
   * Whether the metric reads maps of pictures that have a mask alone, as one does that compares the
   * two. Where all metrics say so, other pictures go through the network once instead of at every
   * scale, for their probabilities; their maps are then of one scale.
   */
  default boolean readsMapsBesideMasksOnly() {
    return false;
  }

  /**
   * Whether the metric compares probabilities with labels alone, and looks at neither maps nor
   * masks: it may then get a map of another size than the picture's, and never a mask.
   */
  default boolean readsProbabilitiesOnly() {
    return false;
  }

  /**
   * The numbers at every threshold, where the metric has one; mode {@value Score#EVERY}. For
   * looking at, not for reporting: the best of them was chosen on what it reports.
   */
  default List<Score> curve(A tally) {
    return List.of();
  }
}
