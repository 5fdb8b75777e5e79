package dev.wsss.eval.refine.walk;

import dev.wsss.eval.refine.crf.Team;
import java.util.Arrays;

/**
 * The matrix of a walk on a grid, and its steps.
 *
 * <p>{@code T_ij = a_ij^β / Σ_j' a_ij'^β}, where j runs over the cells less than the radius away
 * and i itself, whose affinity is 1. A step {@code s ← T s} makes each score a mean of those around
 * it; the authors' product with a matrix of normalised columns is the same, since affinities are
 * symmetric.
 *
 * <p>Of the symmetric a^β each pair is kept once: with n pairs a cell (34 at radius 5) and a border
 * of radius − 1 cells, 4·n bytes a cell, and 8·L for scores of L planes. Never h·w × h·w.
 * Affinities take C·n subtractions a cell, a step 2·n + 1 multiplications and additions a cell and
 * plane. Rows are computed by any thread, each in one order, so that the result does not depend on
 * their number.
 *
 * <p>Used by one caller at a time; keeps its buffers for the next picture.
 */
final class Transitions {
  /** Rows that a thread takes at once. */
  private static final int BAND = 4;

  private final Neighbours neighbours;
  private final int margin;
  private final int lanes;
  private final float[][] sums;

  private int width;
  private int height;

  /** Cells from one row of the bordered grid to the next. */
  private int pitch;

  /** From a cell to the one a step of the neighbours away. */
  private final int[] shifts;

  /** For each step of the neighbours, a^β of each cell and the one a step away; 0 beyond. */
  private float[][] affinities = new float[0][];

  /** One over the sum of a cell's row. */
  private float[] scales = new float[0];

  private float[][] before = new float[0][];
  private float[][] after = new float[0][];

  /**
   * @param lanes threads at most, the calling one included
   */
  Transitions(Neighbours neighbours, int lanes) {
    this.neighbours = neighbours;
    this.margin = neighbours.radius() - 1;
    this.lanes = lanes;
    this.sums = new float[lanes][];
    this.shifts = new int[neighbours.steps().size()];
  }

  /**
   * Walks on a picture's grid.
   *
   * @param planes scores L×h×w, overwritten
   * @param steps how often the matrix is applied
   */
  void walk(AffinityGrid grid, double beta, int steps, float[] planes) {
    width = grid.width();
    height = grid.height();
    pitch = width + 2 * margin;
    int count = planes.length / (width * height);
    int pairs = shifts.length;
    for (int pair = 0; pair < pairs; pair++) {
      Neighbours.Step step = neighbours.steps().get(pair);
      shifts[pair] = step.dy() * pitch + step.dx();
    }
    reserve(pairs, count);
    int bands = (height + BAND - 1) / BAND;
    try (Team team = Team.open(Math.min(lanes, Math.max(bands, pairs)))) {
      team.run((pair, lane) -> join(grid, (float) beta, pair), pairs);
      team.run((band, lane) -> scale(band), bands);
      team.run((plane, lane) -> walk(planes, plane, steps, sums[lane]), count);
    }
  }

  private void walk(float[] planes, int plane, int steps, float[] sum) {
    float[] from = before[plane];
    float[] to = after[plane];
    load(planes, plane);
    for (int step = 0; step < steps; step++) {
      step(from, to, sum);
      float[] older = from;
      from = to;
      to = older;
    }
    store(from, planes, plane);
  }

  private void reserve(int pairs, int count) {
    int cells = pitch * (height + 2 * margin);
    affinities = grown(affinities, pairs, cells);
    before = grown(before, count, cells);
    after = grown(after, count, cells);
    if (scales.length < cells) {
      scales = new float[cells];
    }
    for (int lane = 0; lane < lanes; lane++) {
      if (sums[lane] == null || sums[lane].length < width) {
        sums[lane] = new float[width];
      }
    }
  }

  /** At least so many arrays of at least so many values. */
  private static float[][] grown(float[][] arrays, int count, int values) {
    float[][] enough = arrays.length < count ? Arrays.copyOf(arrays, count) : arrays;
    for (int i = 0; i < count; i++) {
      if (enough[i] == null || enough[i].length < values) {
        enough[i] = new float[values];
      }
    }
    return enough;
  }

  /** First cell of a row in the bordered grid. */
  private int row(int y) {
    return (margin + y) * pitch + margin;
  }

  /** a^β of all cells and those one step of the neighbours away. */
  private void join(AffinityGrid grid, float beta, int pair) {
    Neighbours.Step step = neighbours.steps().get(pair);
    float[] own = affinities[pair];
    Arrays.fill(own, 0, pitch * (height + 2 * margin), 0);
    int left = Math.max(0, -step.dx());
    int right = Math.min(width, width - step.dx());
    float[] features = grid.features();
    float exponent = -beta / grid.channels();
    for (int y = 0; y + step.dy() < height; y++) {
      int to = row(y);
      for (int c = 0; c < grid.channels(); c++) {
        int from = (c * height + y) * width;
        int beside = from + step.dy() * width + step.dx();
        for (int x = left; x < right; x++) {
          own[to + x] += Math.abs(features[from + x] - features[beside + x]);
        }
      }
      for (int x = left; x < right; x++) {
        own[to + x] = (float) Math.exp(exponent * own[to + x]);
      }
    }
  }

  private void scale(int band) {
    for (int y = band * BAND; y < Math.min(height, (band + 1) * BAND); y++) {
      int at = row(y);
      for (int x = at; x < at + width; x++) {
        float sum = 1;
        for (int pair = 0; pair < shifts.length; pair++) {
          sum += affinities[pair][x] + affinities[pair][x - shifts[pair]];
        }
        scales[x] = 1 / sum;
      }
    }
  }

  private void step(float[] from, float[] to, float[] sum) {
    for (int y = 0; y < height; y++) {
      int at = row(y);
      System.arraycopy(from, at, sum, 0, width);
      for (int pair = 0; pair < shifts.length; pair++) {
        add(sum, affinities[pair], from, at, shifts[pair]);
      }
      for (int x = 0; x < width; x++) {
        to[at + x] = sum[x] * scales[at + x];
      }
    }
  }

  private void add(float[] sum, float[] affinity, float[] scores, int at, int shift) {
    for (int x = 0; x < width; x++) {
      int here = at + x;
      sum[x] +=
          affinity[here] * scores[here + shift] + affinity[here - shift] * scores[here - shift];
    }
  }

  private void load(float[] planes, int plane) {
    // Beyond the grid affinities are 0, but 0 · NaN of an older picture would not be.
    Arrays.fill(before[plane], 0);
    Arrays.fill(after[plane], 0);
    for (int y = 0; y < height; y++) {
      System.arraycopy(planes, (plane * height + y) * width, before[plane], row(y), width);
    }
  }

  private void store(float[] scores, float[] planes, int plane) {
    for (int y = 0; y < height; y++) {
      System.arraycopy(scores, row(y), planes, (plane * height + y) * width, width);
    }
  }
}
