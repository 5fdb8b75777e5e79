package dev.wsss.eval.metric;

import dev.wsss.api.data.IndexMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Pixels of masks counted by (true index, predicted index) over background and K classes.
 *
 * <p>Pixels whose truth is {@link IndexMask#IGNORE} are left out. A pixel that is predicted as
 * {@code IGNORE}, because nobody could tell, is missing from its true class and claimed by none.
 * Mutable; used by one thread.
 */
public final class Confusion {
  private final int indices;
  private final long[][] counts;

  /**
   * Pixels of one class that another one took.
   *
   * @param truth mask index
   * @param predicted another mask index
   * @param pixels how many
   * @param shareOfTruth of the pixels of the true class, 0…1
   */
  public record Pair(int truth, int predicted, long pixels, double shareOfTruth) {}

  /**
   * Where the wrong pixels are, as shares of all that count.
   *
   * @param missed a class taken for background, or not told
   * @param invented background taken for a class
   * @param confused a class taken for another one
   */
  public record Errors(double missed, double invented, double confused) {}

  /**
   * @param classes K
   */
  public Confusion(int classes) {
    this.indices = classes + 1;
    this.counts = new long[indices][indices + 1];
  }

  /**
   * Counts one picture.
   *
   * @throws IllegalArgumentException if sizes differ, or an index is no class
   */
  public void add(String id, IndexMask truth, IndexMask predicted) {
    if (truth.width() != predicted.width() || truth.height() != predicted.height()) {
      throw new IllegalArgumentException(
          "picture '%s': a mask of %d×%d for a picture of %d×%d"
              .formatted(id, predicted.width(), predicted.height(), truth.width(), truth.height()));
    }
    for (int p = 0; p < truth.indices().length; p++) {
      int index = truth.indices()[p] & 0xff;
      if (index != IndexMask.IGNORE) {
        counts[require(id, index)][column(id, predicted.indices()[p] & 0xff)]++;
      }
    }
  }

  private int column(String id, int index) {
    return index == IndexMask.IGNORE ? indices : require(id, index);
  }

  private int require(String id, int index) {
    if (index >= indices) {
      throw new IllegalArgumentException(
          "picture '%s': mask index %d; allowed are 0 to %d and %d"
              .formatted(id, index, indices - 1, IndexMask.IGNORE));
    }
    return index;
  }

  /** Pixels of mask index {@code truth} that were predicted as another, or the same. */
  public long count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /**
   * TP / (TP + FP + FN) by mask index; NaN where a class is in neither truth nor prediction, and
   * for background that the truth never holds, as in {@link CamMiou}.
   */
  public double[] iou() {
    return byIndex(c -> counts[c][c] / (double) union(c));
  }

  /** TP / (TP + FP) of the classes that {@link #iou()} is of; 0 where nothing was predicted. */
  public double[] precision() {
    return byIndex(c -> counts[c][c] / (double) Math.max(1, ofPrediction(c)));
  }

  /** TP / (TP + FN) of the classes that {@link #iou()} is of; 0 where the truth has none. */
  public double[] recall() {
    return byIndex(c -> counts[c][c] / (double) Math.max(1, ofTruth(c)));
  }

  private double[] byIndex(IntToDoubleFunction of) {
    return IntStream.range(0, indices)
        .mapToDouble(c -> union(c) == 0 ? Double.NaN : of.applyAsDouble(c))
        .toArray();
  }

  private long union(int index) {
    long truth = ofTruth(index);
    return index == 0 && truth == 0 ? 0 : truth + ofPrediction(index) - counts[index][index];
  }

  private long ofPrediction(int index) {
    long sum = 0;
    for (int t = 0; t < indices; t++) {
      sum += counts[t][index];
    }
    return sum;
  }

  /** Mean of {@link #iou()} over the classes that count; NaN without any. */
  public double miou() {
    return ThresholdCurve.Quality.mean(iou());
  }

  /** Mean of {@link #precision()} over the same classes. */
  public double meanPrecision() {
    return ThresholdCurve.Quality.mean(precision());
  }

  /** Mean of {@link #recall()} over the same classes. */
  public double meanRecall() {
    return ThresholdCurve.Quality.mean(recall());
  }

  /** Pairs of two different foreground classes, the one with the most pixels first. */
  public List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int t = 1; t < indices; t++) {
      for (int p = 1; p < indices; p++) {
        if (t != p && counts[t][p] > 0) {
          pairs.add(new Pair(t, p, counts[t][p], counts[t][p] / (double) ofTruth(t)));
        }
      }
    }
    pairs.sort(Comparator.comparingLong(Pair::pixels).reversed());
    return pairs;
  }

  /** Where the wrong pixels are; zeros where none was counted. */
  public Errors errors() {
    long all = 0;
    long missed = 0;
    long invented = 0;
    long confused = 0;
    for (int t = 0; t < indices; t++) {
      all += ofTruth(t);
      missed += counts[t][indices] + (t > 0 ? counts[t][0] : 0);
      for (int p = 1; p < indices; p++) {
        invented += t == 0 ? counts[t][p] : 0;
        confused += t > 0 && t != p ? counts[t][p] : 0;
      }
    }
    double pixels = Math.max(1, all);
    return new Errors(missed / pixels, invented / pixels, confused / pixels);
  }

  private long ofTruth(int index) {
    long sum = 0;
    for (long count : counts[index]) {
      sum += count;
    }
    return sum;
  }
}
