package dev.wsss.eval.refine.crf;

import java.util.Arrays;

/**
 * Some consecutive pixels of a picture and the lattice vertices that they touch, numbered within
 * the strip: small enough to stay in a core's cache, whatever the picture's size.
 */
final class Strip {
  /** So many that (d+1) vertices a pixel are numbered by a char. */
  static final int MOST_PIXELS = 8192;

  private static final int PITCH = PixelBlock.PIXELS;

  private final int corners;
  private final char[] vertices;
  private final float[] weights;
  private int first;
  private int count;
  private int used;
  private long[] keys = new long[0];
  private int[] numbers = new int[0];
  private int offset;

  /**
   * @param corners d+1 vertices of a simplex
   * @param pixels at most
   */
  Strip(int corners, int pixels) {
    this.corners = corners;
    this.vertices = new char[corners * pixels];
    this.weights = new float[corners * pixels];
  }

  /** Memory that a thread needs while it finds the vertices of a strip. */
  static final class Scratch {
    private final KeyTable table = new KeyTable();
    private final long[] keys;

    Scratch(int corners, int pixels) {
      keys = new long[corners * pixels];
    }
  }

  /** Finds the vertices of pixels {@code first} to {@code first + count − 1}. */
  void find(Simplices simplices, int first, int count, Scratch scratch) {
    this.first = first;
    this.count = count;
    KeyTable table = scratch.table;
    long[] found = scratch.keys;
    simplices.find(first, count, found, weights);
    table.clear();
    for (int i = 0; i < corners * count; i++) {
      // Neighbours often share a simplex.
      vertices[i] =
          i >= corners && found[i] == found[i - corners]
              ? vertices[i - corners]
              : (char) table.number(found[i]);
    }
    used = table.size();
    if (keys.length < used) {
      keys = new long[used];
      numbers = new int[used];
    }
    for (int u = 0; u < used; u++) {
      keys[u] = table.key(u);
    }
  }

  /**
   * Numbers the vertices within the picture.
   *
   * @param offset sum of {@link #used} of the strips before
   */
  void number(KeyTable picture, int offset) {
    this.offset = offset;
    for (int u = 0; u < used; u++) {
      numbers[u] = picture.number(keys[u]);
    }
  }

  /** How many vertices the pixels touch. */
  int used() {
    return used;
  }

  /** The picture's number of a vertex. */
  int number(int vertex) {
    return numbers[vertex];
  }

  int first() {
    return first;
  }

  int count() {
    return count;
  }

  /** Forgets what was added to the vertices. */
  void clear(int planes, float[] sums) {
    Arrays.fill(sums, offset * planes, (offset + used) * planes, 0);
  }

  /**
   * Adds the values of some of the strip's pixels to their vertices.
   *
   * @param from first of them, within the strip
   * @param values C lines of {@link PixelBlock#PIXELS}; the pixels are the first of each
   * @param factors a line, on the values
   * @param sums of all strips' vertices, each C
   */
  void splat(int from, int pixels, float[] values, float[] factors, int planes, float[] sums) {
    int plane = 0;
    for (; plane + 4 <= planes; plane += 4) {
      splat4(from, pixels, values, factors, planes, plane, sums);
    }
    for (; plane < planes; plane++) {
      splat1(from, pixels, values, factors, planes, plane, sums);
    }
  }

  // Corners come in threes (2 or 5 features), so that no loop is short.

  private void splat4(
      int from, int pixels, float[] values, float[] factors, int planes, int plane, float[] sums) {
    int base = offset * planes + plane;
    int line = plane * PITCH;
    for (int p = 0, at = from * corners; p < pixels; p++) {
      float factor = factors[p];
      float a = factor * values[line + p];
      float b = factor * values[line + PITCH + p];
      float c = factor * values[line + 2 * PITCH + p];
      float d = factor * values[line + 3 * PITCH + p];
      for (int end = at + corners; at < end; at += 3) {
        add(sums, base + vertices[at] * planes, weights[at], a, b, c, d);
        add(sums, base + vertices[at + 1] * planes, weights[at + 1], a, b, c, d);
        add(sums, base + vertices[at + 2] * planes, weights[at + 2], a, b, c, d);
      }
    }
  }

  private static void add(float[] sums, int to, float weight, float a, float b, float c, float d) {
    sums[to] += weight * a;
    sums[to + 1] += weight * b;
    sums[to + 2] += weight * c;
    sums[to + 3] += weight * d;
  }

  private void splat1(
      int from, int pixels, float[] values, float[] factors, int planes, int plane, float[] sums) {
    int base = offset * planes + plane;
    int line = plane * PITCH;
    for (int p = 0, at = from * corners; p < pixels; p++) {
      float value = factors[p] * values[line + p];
      for (int end = at + corners; at < end; at += 3) {
        sums[base + vertices[at] * planes] += weights[at] * value;
        sums[base + vertices[at + 1] * planes] += weights[at + 1] * value;
        sums[base + vertices[at + 2] * planes] += weights[at + 2] * value;
      }
    }
  }

  /**
   * Copies the values of the strip's vertices to where they lie close together.
   *
   * @param values of the picture's vertices from place 1 on, each C
   * @param own of all strips' vertices, each C; this strip's are overwritten
   */
  void gather(float[] values, int planes, float[] own) {
    for (int u = 0; u < used; u++) {
      int from = (numbers[u] + 1) * planes;
      int to = (offset + u) * planes;
      for (int k = 0; k < planes; k++) {
        own[to + k] = values[from + k];
      }
    }
  }

  /**
   * Adds what the vertices say to some of the strip's pixels.
   *
   * @param from first of them, within the strip
   * @param own as {@link #gather} left them
   * @param factors N, on what is added
   * @param scale on what is added
   * @param to C lines of {@link PixelBlock#PIXELS}; the pixels are the first of each
   */
  void slice(
      int from, int pixels, float[] own, float[] factors, float scale, int planes, float[] to) {
    int plane = 0;
    for (; plane + 4 <= planes; plane += 4) {
      slice4(from, pixels, own, factors, scale, planes, plane, to);
    }
    for (; plane < planes; plane++) {
      slice1(from, pixels, own, factors, scale, planes, plane, to);
    }
  }

  private void slice4(
      int from,
      int pixels,
      float[] own,
      float[] factors,
      float scale,
      int planes,
      int plane,
      float[] to) {
    int base = offset * planes + plane;
    int line = plane * PITCH;
    for (int p = 0, at = from * corners; p < pixels; p++) {
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      for (int end = at + corners; at < end; at += 3) {
        int i = base + vertices[at] * planes;
        int j = base + vertices[at + 1] * planes;
        int k = base + vertices[at + 2] * planes;
        float u = weights[at];
        float v = weights[at + 1];
        float w = weights[at + 2];
        a += u * own[i] + v * own[j] + w * own[k];
        b += u * own[i + 1] + v * own[j + 1] + w * own[k + 1];
        c += u * own[i + 2] + v * own[j + 2] + w * own[k + 2];
        d += u * own[i + 3] + v * own[j + 3] + w * own[k + 3];
      }
      float factor = scale * factors[first + from + p];
      to[line + p] += factor * a;
      to[line + PITCH + p] += factor * b;
      to[line + 2 * PITCH + p] += factor * c;
      to[line + 3 * PITCH + p] += factor * d;
    }
  }

  private void slice1(
      int from,
      int pixels,
      float[] own,
      float[] factors,
      float scale,
      int planes,
      int plane,
      float[] to) {
    int base = offset * planes + plane;
    int line = plane * PITCH;
    for (int p = 0, at = from * corners; p < pixels; p++) {
      float sum = 0;
      for (int end = at + corners; at < end; at += 3) {
        sum +=
            weights[at] * own[base + vertices[at] * planes]
                + weights[at + 1] * own[base + vertices[at + 1] * planes]
                + weights[at + 2] * own[base + vertices[at + 2] * planes];
      }
      to[line + p] += scale * factors[first + from + p] * sum;
    }
  }
}
