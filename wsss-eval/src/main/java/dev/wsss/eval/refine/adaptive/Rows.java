package dev.wsss.eval.refine.adaptive;

import java.util.Arrays;

/**
 * Planes of which each row is an array of its own, reused from picture to picture.
 *
 * <p>Rows that are read to one side are copied there first ({@link #shift}): Java's compiler works
 * on many elements at once only where all arrays of a loop are read and written at the same index,
 * since else two of them might overlap.
 */
final class Rows {
  private float[][] rows = new float[0][];
  private int height;

  /** Makes room; what is in it is undefined. */
  void reserve(int planes, int height, int width) {
    this.height = height;
    int count = Math.multiplyExact(planes, height);
    if (rows.length < count) {
      int before = rows.length;
      rows = Arrays.copyOf(rows, count);
      Arrays.fill(rows, before, count, new float[0]);
    }
    for (int i = 0; i < count; i++) {
      if (rows[i].length < width) {
        rows[i] = new float[width];
      }
    }
  }

  /** A row, as long as the width or longer; beyond the picture its first or last. */
  float[] row(int plane, int y) {
    return rows[plane * height + Math.max(0, Math.min(height - 1, y))];
  }

  /** {@code to[x] = from[x + by]}, beyond the row's ends its first or last. */
  static void shift(float[] from, int by, float[] to, int width) {
    int inside = Math.max(0, width - Math.abs(by));
    if (by >= 0) {
      System.arraycopy(from, width - inside, to, 0, inside);
      Arrays.fill(to, inside, width, from[width - 1]);
    } else {
      Arrays.fill(to, 0, width - inside, from[0]);
      System.arraycopy(from, 0, to, width - inside, inside);
    }
  }
}
