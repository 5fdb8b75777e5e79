package org.example.metric;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Share of pictures whose predicted classes are exactly their labels; needs no masks. */
public final class ExactLabels implements Metric<ExactLabels.Tally> {
  private final double threshold;

  @Inject
  public ExactLabels(ExactLabelsConfig config) {
    this.threshold = config.threshold();
  }

  /** Pictures so far. */
  public static final class Tally {
    private int right;
    private int all;
  }

  @Override
  public Tally open(ClassNames classes) {
    return new Tally();
  }

  @Override
  public void add(Tally tally, Prediction prediction) {
    boolean right = true;
    float[] probabilities = prediction.probabilities();
    for (int k = 0; k < probabilities.length; k++) {
      right &= probabilities[k] >= threshold == prediction.example().labels().get(k);
    }
    tally.all++;
    tally.right += right ? 1 : 0;
  }

  @Override
  public List<Score> read(Tally tally, Optional<Tally> heldOut) {
    double share = tally.all == 0 ? Double.NaN : (double) tally.right / tally.all;
    return List.of(new Score("exact-labels", "none", Double.NaN, share, List.of()));
  }
}
