package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.ScoreMap;

/**
 * Pixels counted by (truth, winning class, score bin): enough to read off the confusion matrix of
 * every threshold.
 *
 * <p>A score s falls into bin ⌊s·bins⌋, so that bin ≥ j exactly where s ≥ j/bins; the last bin,
 * number {@code bins}, holds s = 1. Takes (K+1)·K·(bins+1) longs.
 */
public final class PixelCounts {
  private final int classes;
  private final int bins;
  private final long[] counts;

  PixelCounts(int classes, int bins) {
    this.classes = classes;
    this.bins = bins;
    this.counts = new long[(classes + 1) * classes * (bins + 1)];
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
      double score = map.score()[p];
      if (!(score >= 0 && score <= 1)) {
        throw bad(prediction, "score " + score + "; allowed are 0…1. Did the network diverge?");
      }
      counts[at(index, winner, (int) (score * bins))]++;
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
