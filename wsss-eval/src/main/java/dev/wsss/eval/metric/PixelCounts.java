package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;
import dev.wsss.api.refine.ScoreThreshold;
import java.util.Arrays;

/**
 * Pixels counted by (truth, winning class, score bin): enough to read off the confusion matrix of
 * every threshold.
 *
 * <p>A score s falls into bin ⌊s·bins⌋, so that bin ≥ j exactly where s ≥ j/bins; the last bin,
 * number {@code bins}, holds s = 1. Takes (K+1)·K·(bins+1) longs. Beside these, all pixels by score
 * bin alone, for what may not depend on the truth.
 */
public final class PixelCounts {
  private final int classes;
  private final int bins;
  private final long[] counts;
  private final long[] byScore;

  PixelCounts(int classes, int bins) {
    this.classes = classes;
    this.bins = bins;
    this.counts = new long[(classes + 1) * classes * (bins + 1)];
    this.byScore = new long[bins + 1];
  }

  /** Counts one picture; does nothing where it has no mask. */
  void add(Prediction prediction) {
    if (prediction.truth().isEmpty()) {
      return;
    }
    IndexMask truth = prediction.truth().get();
    ScoreMap map = prediction.map();
    if (truth.width() != map.width() || truth.height() != map.height()) {
      throw bad(
          prediction,
          "a mask of "
              + truth.width()
              + "×"
              + truth.height()
              + " beside a score map of "
              + map.width()
              + "×"
              + map.height());
    }
    byte[] indices = truth.indices();
    for (int p = 0; p < indices.length; p++) {
      double score = map.score()[p];
      if (!(score >= 0 && score <= 1)) {
        throw bad(prediction, "score " + score + "; allowed are 0…1. Did the network diverge?");
      }
      int bin = (int) (score * bins);
      byScore[bin]++;
      int index = indices[p] & 0xff;
      if (index == IndexMask.IGNORE) {
        continue;
      }
      if (index > classes) {
        throw bad(
            prediction,
            "mask index " + index + "; allowed are 0…" + classes + " and " + IndexMask.IGNORE);
      }
      int winner = map.winner()[p] & 0xff;
      if (winner >= classes) {
        throw bad(prediction, "winning class " + winner + "; allowed are 0…" + (classes - 1));
      }
      counts[at(index, winner, bin)]++;
    }
  }

  private static IllegalArgumentException bad(Prediction prediction, String what) {
    return new IllegalArgumentException("picture '" + prediction.example().id() + "': " + what);
  }

  private int at(int truth, int winner, int bin) {
    return (truth * classes + winner) * (bins + 1) + bin;
  }

  /** Pixels of mask index {@code truth} that class {@code winner} won with a score in a bin. */
  long count(int truth, int winner, int bin) {
    return counts[at(truth, winner, bin)];
  }

  /**
   * The lowest j from 1 to {@code bins} for which a share of all pixels score below j/bins; {@code
   * bins} where there is none.
   *
   * @param share 0…1
   */
  int indexBelowWhich(double share) {
    double[] histogram = Arrays.stream(byScore).asDoubleStream().toArray();
    double index = Math.ceil(ScoreThreshold.quantile(histogram, share));
    return (int) Math.max(1, Math.min(bins, index));
  }

  /** K. */
  int classes() {
    return classes;
  }

  int bins() {
    return bins;
  }

  boolean isEmpty() {
    return nothingFrom(0);
  }

  /** Whether no pixel of a foreground class was counted. */
  boolean showsNoClass() {
    return nothingFrom(at(1, 0, 0));
  }

  private boolean nothingFrom(int first) {
    for (int i = first; i < counts.length; i++) {
      if (counts[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
