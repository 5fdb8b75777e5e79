package dev.wsss.eval.refine.crf;

import java.util.Arrays;

/**
 * Labels of some pixels, which stay in the innermost cache from the messages that come in to the
 * probabilities that go out: a line of {@link #PIXELS} for each of L labels, so that all loops are
 * over pixels and the compiler computes many at once.
 */
final class PixelBlock {
  /** At most. */
  static final int PIXELS = 256;

  private static final float SHARE = 1 / 64f;

  /** Added to what may be next to nothing: processors are slow at numbers below 10⁻³⁸. */
  private static final float TINY = 1e-30f;

  private float[] lines = new float[0];
  private final float[] most = new float[PIXELS];
  private final float[] power = new float[PIXELS];
  private final float[] sum = new float[PIXELS];
  private final float[] factors = new float[PIXELS];
  private int labels;
  private int count;

  /**
   * Makes room for L labels and sets all of them to 0.
   *
   * @return L lines
   */
  float[] open(int labels, int count) {
    this.labels = labels;
    this.count = count;
    if (lines.length < labels * PIXELS) {
      lines = new float[labels * PIXELS];
    }
    Arrays.fill(lines, 0, labels * PIXELS, 0);
    return lines;
  }

  /** From messages m of all labels but the last, m_last = ones − Σ m. */
  void complete(float[] ones, int from) {
    int last = (labels - 1) * PIXELS;
    System.arraycopy(ones, from, lines, last, count);
    for (int k = 0; k < labels - 1; k++) {
      subtract(lines, last, k * PIXELS, count);
    }
  }

  /**
   * From messages m to probabilities that are not yet divided by their {@link #sum}: s·e^(m − max
   * m).
   *
   * @param s L×N
   * @param total N
   */
  void weigh(float[] s, int total, int from) {
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    for (int k = 0; k < labels; k++) {
      raise(most, lines, k * PIXELS, count);
    }
    Arrays.fill(sum, 0);
    for (int k = 0; k < labels; k++) {
      scaled(power, most, lines, k * PIXELS, count);
      exponential(power, count);
      weighed(lines, k * PIXELS, s, k * total + from, power, count);
      add(sum, lines, k * PIXELS, count);
    }
  }

  /** What the probabilities are to be multiplied by before they are splatted: n / their sum. */
  float[] factors(float[] norms, int from) {
    divide(factors, norms, from, sum, count);
    return factors;
  }

  /** Writes the probabilities, L×N. */
  void write(float[] result, int total, int from) {
    for (int k = 0; k < labels; k++) {
      quotient(result, k * total + from, lines, k * PIXELS, sum, count);
    }
  }

  // One plain loop a method, with few arrays in it: these the compiler makes work on many at once.

  private static void subtract(float[] a, int at, int from, int count) {
    for (int i = 0; i < count; i++) {
      a[at + i] -= a[from + i];
    }
  }

  private static void raise(float[] most, float[] a, int at, int count) {
    for (int i = 0; i < count; i++) {
      most[i] = Math.max(most[i], a[at + i]);
    }
  }

  private static void add(float[] sum, float[] a, int at, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += a[at + i];
    }
  }

  private static void divide(float[] to, float[] a, int at, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[at + i] / b[i];
    }
  }

  private static void quotient(float[] to, int out, float[] a, int at, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      to[out + i] = a[at + i] / b[i];
    }
  }

  private static void scaled(float[] to, float[] most, float[] a, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (most[i] - a[at + i]) * SHARE;
    }
  }

  /**
   * e^x = (e^(x/64))^64 with Taylor's polynomial of degree 5 for the inner one, in multiplications
   * and additions alone: off by a relative 7·10⁻⁶ from 0 up to x = 8 and by 10⁻³ at 25; infinite
   * beyond what single precision holds.
   *
   * @param x over 64, 0 or more; replaced
   */
  static void exponential(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      float u = x[i];
      float y = 1 + u * (1 + u * (0.5f + u * (1 / 6f + u * (1 / 24f + u * (1 / 120f)))));
      y *= y;
      y *= y;
      y *= y;
      y *= y;
      y *= y;
      y *= y;
      x[i] = y;
    }
  }

  private static void weighed(float[] a, int at, float[] s, int from, float[] over, int count) {
    for (int i = 0; i < count; i++) {
      a[at + i] = s[from + i] / over[i] + TINY;
    }
  }
}
