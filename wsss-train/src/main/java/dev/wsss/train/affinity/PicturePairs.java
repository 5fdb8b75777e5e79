package dev.wsss.train.affinity;

import dev.wsss.train.affinity.PairTargets.Shift;
import java.util.Arrays;
import java.util.List;

/**
 * The pairs of one picture after another, for one thread.
 *
 * <p>A channel's row of cells is copied to where the partners of a step stand, so that a loop reads
 * and writes all arrays at one index: only then does Java's compiler compute many at once. With n
 * steps a cell (34 at radius 5), distances take F·n differences a cell and the gradient 2·F·n; 12·n
 * bytes a cell are held.
 */
final class PicturePairs {
  private static final float EPSILON = 1e-5f;

  /** Makes of any difference that matters one beyond ±1, so that cutting it off gives its sign. */
  private static final float HUGE = 1e30f;

  private final int channels;
  private final int cells;
  private final List<Shift> shifts;

  /** For each step Σ_c |f_ci − f_cj| by the first cell, then w·∂/∂d / F. */
  private final float[][] slopes;

  /** The same by the second cell. */
  private final float[][] slopesBehind;

  private final float[] row;
  private final float[] partners;
  private final float[] sum;

  PicturePairs(int channels, int cells, PairTargets targets) {
    this.channels = channels;
    this.cells = cells;
    this.shifts = targets.shifts();
    this.slopes = new float[shifts.size()][cells];
    this.slopesBehind = new float[shifts.size()][cells];
    this.row = new float[cells];
    this.partners = new float[cells];
    this.sum = new float[cells];
  }

  /**
   * Writes the gradient of one picture.
   *
   * @param features of all, B×F×h·w
   * @param gradient likewise
   * @return the loss of its pairs
   */
  double learn(float[] features, int picture, float[] gradient) {
    int from = picture * channels * cells;
    for (float[] own : slopes) {
      Arrays.fill(own, 0);
    }
    for (int c = 0; c < channels; c++) {
      System.arraycopy(features, from + c * cells, row, 0, cells);
      for (int n = 0; n < slopes.length; n++) {
        int offset = shifts.get(n).offset();
        System.arraycopy(row, offset, partners, 0, cells - offset);
        addDistances(slopes[n], row, partners, cells - offset);
      }
    }
    double loss = 0;
    for (int n = 0; n < slopes.length; n++) {
      loss += judge(shifts.get(n), picture, slopes[n]);
      int offset = shifts.get(n).offset();
      System.arraycopy(slopes[n], 0, slopesBehind[n], offset, cells - offset);
    }
    for (int c = 0; c < channels; c++) {
      int at = from + c * cells;
      System.arraycopy(features, at, row, 0, cells);
      Arrays.fill(sum, 0);
      for (int n = 0; n < slopes.length; n++) {
        int offset = shifts.get(n).offset();
        System.arraycopy(row, offset, partners, 0, cells - offset);
        addSigned(sum, slopes[n], row, partners, cells);
        System.arraycopy(row, 0, partners, offset, cells - offset);
        addSigned(sum, slopesBehind[n], row, partners, cells);
      }
      System.arraycopy(sum, 0, gradient, at, cells);
    }
    return loss;
  }

  private static void addDistances(float[] sums, float[] a, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += Math.abs(a[i] - b[i]);
    }
  }

  /** Where a cell has no partner its slope is 0. */
  private static void addSigned(float[] sums, float[] slope, float[] a, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += slope[i] * Math.max(-1f, Math.min(1f, HUGE * (a[i] - b[i])));
    }
  }

  /** Gives the loss of a step's pairs, and puts the slopes in the place of their distances. */
  private double judge(Shift shift, int picture, float[] slope) {
    int pairs = cells - shift.offset();
    double loss = 0;
    int at = picture * pairs;
    for (int i = 0; i < pairs; i++, at++) {
      float positive = shift.positive()[at];
      float negative = shift.negative()[at];
      double own = 0;
      if (positive > 0 || negative > 0) {
        double affinity = Math.exp(-slope[i] / channels);
        double together = affinity + EPSILON;
        double apart = 1 + EPSILON - affinity;
        loss -= positive * Math.log(together) + negative * Math.log(apart);
        own = affinity * (positive / together - negative / apart);
      }
      slope[i] = (float) (own / channels);
    }
    Arrays.fill(slope, pairs, cells, 0);
    return loss;
  }
}
