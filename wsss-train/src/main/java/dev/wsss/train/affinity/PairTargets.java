package dev.wsss.train.affinity;

import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.refine.walk.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the affinities of pairs of cells are to be: 1 where both have one label, 0 where they have
 * two, and nothing where a cell is not labelled.
 *
 * <p>Pairs are those of {@link Neighbours} inside a picture's grid. Each of the three sets weighs
 * as a whole, however large it is: background pairs (both 0) ¼, foreground pairs (both the same
 * class) ¼, negative pairs ½; a pair has its set's weight divided by the set's size over all
 * pictures. A set without a pair weighs nothing.
 *
 * @param shifts for each step between the cells of a pair that occurs
 */
record PairTargets(List<Shift> shifts) {
  private static final int BACKGROUND = 0;
  private static final int FOREGROUND = 1;
  private static final int NEGATIVE = 2;
  private static final int NONE = -1;
  private static final double[] WEIGHTS = {0.25, 0.25, 0.5};

  /**
   * The pairs of one step between cells.
   *
   * @param offset from the first cell of a pair to the second, in cells row by row, 1 or more
   * @param positive weights of pairs that belong together, B×(h·w − offset) by the first cell; 0
   *     where there is no such pair
   * @param negative likewise, of pairs that do not
   */
  @SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
  record Shift(int offset, float[] positive, float[] negative) {}

  PairTargets {
    shifts = List.copyOf(shifts);
  }

  /**
   * All pairs of some pictures.
   *
   * @param labels B×h×w class indices; {@link IndexMask#IGNORE} is not labelled
   */
  static PairTargets of(byte[] labels, int width, int height, Neighbours neighbours) {
    int cells = width * height;
    long[] sizes = new long[WEIGHTS.length];
    List<Kinds> all = new ArrayList<>();
    for (Neighbours.Step step : neighbours.steps()) {
      if (Math.abs(step.dx()) < width && step.dy() < height) {
        all.add(kinds(labels, width, height, step, sizes));
      }
    }
    List<Shift> shifts = new ArrayList<>();
    for (Kinds kinds : all) {
      int pairs = cells - kinds.offset();
      float[] positive = new float[labels.length / cells * pairs];
      float[] negative = new float[positive.length];
      for (int i = 0; i < positive.length; i++) {
        int kind = kinds.kinds()[i];
        if (kind != NONE) {
          float weight = (float) (WEIGHTS[kind] / sizes[kind]);
          (kind == NEGATIVE ? negative : positive)[i] = weight;
        }
      }
      shifts.add(new Shift(kinds.offset(), positive, negative));
    }
    return new PairTargets(shifts);
  }

  @SuppressWarnings("ArrayRecordComponent") // values by reference: never compared
  private record Kinds(int offset, byte[] kinds) {}

  private static Kinds kinds(
      byte[] labels, int width, int height, Neighbours.Step step, long[] sizes) {
    int cells = width * height;
    int offset = step.dy() * width + step.dx();
    int pairs = cells - offset;
    byte[] kinds = new byte[labels.length / cells * pairs];
    Arrays.fill(kinds, (byte) NONE);
    int left = Math.max(0, -step.dx());
    int right = Math.min(width, width - step.dx());
    for (int picture = 0; picture < labels.length / cells; picture++) {
      for (int y = 0; y + step.dy() < height; y++) {
        for (int x = left; x < right; x++) {
          int first = y * width + x;
          int kind =
              kind(
                  labels[picture * cells + first] & 0xff,
                  labels[picture * cells + first + offset] & 0xff);
          kinds[picture * pairs + first] = (byte) kind;
          if (kind != NONE) {
            sizes[kind]++;
          }
        }
      }
    }
    return new Kinds(offset, kinds);
  }

  private static int kind(int first, int second) {
    if (first == IndexMask.IGNORE || second == IndexMask.IGNORE) {
      return NONE;
    }
    if (first != second) {
      return NEGATIVE;
    }
    return first == 0 ? BACKGROUND : FOREGROUND;
  }
}
