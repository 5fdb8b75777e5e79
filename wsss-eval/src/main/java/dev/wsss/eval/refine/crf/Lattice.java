package dev.wsss.eval.refine.crf;

import java.util.Arrays;

/**
 * The permutohedral lattice of one picture and one kernel: filters values of its pixels with a
 * Gaussian of their features in time that grows with pixels and not with their square (Adams, Baek
 * and Davis 2010).
 *
 * <p>Filtering takes three steps: splat adds each pixel's values to the d+1 vertices around it,
 * strip by strip; blur mixes each vertex with its two neighbours along one of d+1 axes after the
 * other, 1 : 2 : 1 over 2; slice reads the pixels' values back. Sums are made in the same order
 * however many threads there are. Memory is kept for the next picture.
 *
 * <p>Each step is cut into parts that different threads may do; see {@link Team}.
 */
final class Lattice {
  /** Vertices in a part of a blur. */
  static final int PART = 512;

  private static final int ABSENT = -1;

  private final int d;
  private final KeyTable table = new KeyTable();
  private Strip[] strips = new Strip[0];
  private int stripCount;
  private final long[] steps;
  private int vertices;

  /** For each axis and vertex the numbers of its two neighbours, plus 1; 0 where there is none. */
  private int[][] neighbours;

  /** Where in {@link #members} the strips' vertices of a vertex begin. */
  private int[] memberStarts = new int[1];

  private int[] members = new int[0];
  private float[] stripSums = new float[0];
  private float[] stripValues = new float[0];
  private float[] values = new float[0];
  private float[] blurred = new float[0];
  private boolean swapped;

  /**
   * @param d number of features
   */
  Lattice(int d) {
    this.d = d;
    this.steps = new long[d + 1];
    this.neighbours = new int[d + 1][0];
  }

  /** d+1: the axes of {@link #blur}. */
  int axes() {
    return d + 1;
  }

  /** 1 / (1 + 2^−d): what blurring multiplies values by, undone. */
  float scale() {
    return (float) (1 / (1 + Math.pow(2, -d)));
  }

  /**
   * Begins a picture. Its lattice is built by {@link #find} of all strips, then {@link #number},
   * then {@link #findNeighbours} of all parts.
   */
  void begin(Simplices simplices, int stripCount) {
    this.stripCount = stripCount;
    for (int axis = 0; axis <= d; axis++) {
      steps[axis] = simplices.step(axis);
    }
    int kept = strips.length;
    if (kept < stripCount) {
      strips = Arrays.copyOf(strips, stripCount);
      for (int s = kept; s < stripCount; s++) {
        strips[s] = new Strip(d + 1, Strip.MOST_PIXELS);
      }
    }
  }

  /** Finds the vertices of a strip. */
  void find(int strip, Simplices simplices, Strips cut, Strip.Scratch scratch) {
    strips[strip].find(simplices, cut.first(strip), cut.pixels(strip), scratch);
  }

  /** Numbers the vertices of all strips; one thread does it. */
  void number() {
    table.clear();
    int used = 0;
    for (int s = 0; s < stripCount; s++) {
      strips[s].number(table, used);
      used += strips[s].used();
    }
    vertices = table.size();
    findMembers(used);
    for (int axis = 0; axis <= d; axis++) {
      if (neighbours[axis].length < 2 * vertices) {
        neighbours[axis] = new int[2 * vertices];
      } else {
        Arrays.fill(neighbours[axis], 0, 2 * vertices, 0);
      }
    }
  }

  private void findMembers(int used) {
    if (memberStarts.length <= vertices + 1) {
      memberStarts = new int[vertices + 2];
    } else {
      Arrays.fill(memberStarts, 0, vertices + 2, 0);
    }
    if (members.length < used) {
      members = new int[used];
    }
    // Two places behind, so that filling moves each start to where it belongs.
    for (int s = 0; s < stripCount; s++) {
      for (int u = 0; u < strips[s].used(); u++) {
        memberStarts[strips[s].number(u) + 2]++;
      }
    }
    for (int v = 2; v <= vertices + 1; v++) {
      memberStarts[v] += memberStarts[v - 1];
    }
    int at = 0;
    for (int s = 0; s < stripCount; s++) {
      for (int u = 0; u < strips[s].used(); u++) {
        members[memberStarts[strips[s].number(u) + 1]++] = at++;
      }
    }
  }

  /** Finds the neighbours of a part's vertices along all axes. */
  void findNeighbours(int part) {
    int end = Math.min(vertices, (part + 1) * PART);
    for (int v = part * PART; v < end; v++) {
      long key = table.key(v);
      for (int axis = 0; axis <= d; axis++) {
        int next = table.find(key + steps[axis]);
        if (next != ABSENT) {
          // Each place has one vertex that writes it, so that threads do not meet.
          neighbours[axis][2 * v] = next + 1;
          neighbours[axis][2 * next + 1] = v + 1;
        }
      }
    }
  }

  /** Makes room for values of C planes. */
  void open(int planes) {
    int used = 0;
    for (int s = 0; s < stripCount; s++) {
      used += strips[s].used();
    }
    if (stripValues.length < used * planes) {
      stripSums = new float[used * planes];
      stripValues = new float[used * planes];
    }
    if (values.length < (vertices + 1) * planes) {
      values = new float[(vertices + 1) * planes];
      blurred = new float[(vertices + 1) * planes];
    }
    Arrays.fill(values, 0, planes, 0);
    Arrays.fill(blurred, 0, planes, 0);
  }

  /** How many parts {@link #findNeighbours}, {@link #collect} and {@link #blur} have. */
  int parts() {
    return (vertices + PART - 1) / PART;
  }

  int vertices() {
    return vertices;
  }

  /** Begins the splat of a strip. */
  void clear(int strip, int planes) {
    strips[strip].clear(planes, stripSums);
  }

  /** Adds some pixels of a strip to its vertices; see {@link Strip#splat}. */
  void splat(int strip, int from, int pixels, float[] values, float[] factors, int planes) {
    strips[strip].splat(from, pixels, values, factors, planes, stripSums);
  }

  /** Adds up what the strips have splatted; after the last splat. */
  void collect(int part, int planes) {
    float[] to = current();
    int end = Math.min(vertices, (part + 1) * PART);
    for (int v = part * PART; v < end; v++) {
      int at = (v + 1) * planes;
      for (int k = 0; k < planes; k++) {
        to[at + k] = 0;
      }
      for (int m = memberStarts[v]; m < memberStarts[v + 1]; m++) {
        int from = members[m] * planes;
        for (int k = 0; k < planes; k++) {
          to[at + k] += stripSums[from + k];
        }
      }
    }
  }

  /** Blurs along an axis; {@link #swap} after the last part. */
  void blur(int part, int axis, int planes) {
    float[] from = current();
    float[] to = swapped ? values : blurred;
    int[] near = neighbours[axis];
    int end = Math.min(vertices, (part + 1) * PART);
    for (int v = part * PART; v < end; v++) {
      int at = (v + 1) * planes;
      int one = near[2 * v] * planes;
      int other = near[2 * v + 1] * planes;
      for (int k = 0; k < planes; k++) {
        to[at + k] = from[at + k] + 0.5f * (from[one + k] + from[other + k]);
      }
    }
  }

  /** Ends a blur along an axis. */
  void swap() {
    swapped = !swapped;
  }

  private float[] current() {
    return swapped ? blurred : values;
  }

  /** Makes a strip ready for {@link #slice}; after the last blur. */
  void gather(int strip, int planes) {
    strips[strip].gather(current(), planes, stripValues);
  }

  /** Adds the filtered values of some pixels of a strip; see {@link Strip#slice}. */
  void slice(
      int strip, int from, int pixels, float[] factors, float scale, int planes, float[] to) {
    strips[strip].slice(from, pixels, stripValues, factors, scale, planes, to);
  }
}
