package dev.wsss.eval.refine.adaptive;

import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.refine.crf.Team;
import java.util.Arrays;

/**
 * Rounds of averaging: each score becomes the mean of its neighbours' by the weights of {@link
 * Affinities}.
 *
 * <p>A round of L planes with N neighbours a pixel takes L·N multiplications and additions a pixel;
 * it reads the weights once, 4·N bytes a pixel, since all planes of a row are averaged while the
 * row's weights are in a cache. Rows are computed by any thread, each in one order, so that the
 * result does not depend on their number.
 *
 * <p>Used by one caller at a time; keeps its buffers for the next picture.
 */
final class Averaging {
  /** Rows that a thread takes at once. */
  private static final int BAND = 4;

  private final int[] dilations;
  private final int iterations;
  private final int lanes;
  private final Affinities[] affinities;
  private final Rows[] shifted;
  private final Rows colours = new Rows();
  private final Rows weights = new Rows();
  private Rows before = new Rows();
  private Rows after = new Rows();

  Averaging(Affinities.Terms terms, int[] dilations, int iterations, int lanes) {
    this.dilations = dilations;
    this.iterations = iterations;
    this.lanes = lanes;
    this.affinities = new Affinities[lanes];
    this.shifted = new Rows[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      affinities[lane] = new Affinities(terms, dilations);
      shifted[lane] = new Rows();
    }
  }

  /**
   * Averages scores in place.
   *
   * @param planes L×H×W of the picture's size
   */
  void run(RgbImage picture, float[] planes, int count) {
    int width = picture.width();
    int height = picture.height();
    colours.reserve(3, height, width);
    weights.reserve(Affinities.AROUND * dilations.length, height, width);
    before.reserve(count, height, width);
    after.reserve(count, height, width);
    for (Rows own : shifted) {
      own.reserve(Affinities.AROUND, 1, width);
    }
    for (int y = 0; y < height; y++) {
      Affinities.load(picture, y, colours);
      for (int plane = 0; plane < count; plane++) {
        System.arraycopy(planes, (plane * height + y) * width, before.row(plane, y), 0, width);
      }
    }
    int parts = (height + BAND - 1) / BAND;
    try (Team team = Team.open(Math.min(lanes, parts))) {
      team.run(
          (part, lane) -> {
            for (int y = part * BAND; y < Math.min(height, (part + 1) * BAND); y++) {
              affinities[lane].weigh(colours, y, width, weights);
            }
          },
          parts);
      for (int round = 0; round < iterations; round++) {
        Rows from = before;
        Rows to = after;
        team.run(
            (part, lane) -> {
              for (int y = part * BAND; y < Math.min(height, (part + 1) * BAND); y++) {
                average(from, to, count, y, width, shifted[lane]);
              }
            },
            parts);
        before = to;
        after = from;
      }
    }
    for (int y = 0; y < height; y++) {
      for (int plane = 0; plane < count; plane++) {
        System.arraycopy(before.row(plane, y), 0, planes, (plane * height + y) * width, width);
      }
    }
  }

  private void average(Rows from, Rows to, int count, int y, int width, Rows beside) {
    for (int plane = 0; plane < count; plane++) {
      Arrays.fill(to.row(plane, y), 0, width, 0);
    }
    for (int n = 0; n < dilations.length; n++) {
      int d = dilations[n];
      int at = n * Affinities.AROUND;
      for (int plane = 0; plane < count; plane++) {
        float[] row = to.row(plane, y);
        addThree(row, from.row(plane, y - d), d, at, y, width, beside);
        addTwo(row, from.row(plane, y), d, at + 3, y, width, beside);
        addThree(row, from.row(plane, y + d), d, at + 5, y, width, beside);
      }
    }
  }

  private void addThree(float[] to, float[] from, int d, int at, int y, int width, Rows beside) {
    float[] left = beside.row(0, 0);
    float[] right = beside.row(1, 0);
    Rows.shift(from, -d, left, width);
    Rows.shift(from, d, right, width);
    addProducts(
        to,
        weights.row(at, y),
        left,
        weights.row(at + 1, y),
        from,
        weights.row(at + 2, y),
        right,
        width);
  }

  private void addTwo(float[] to, float[] from, int d, int at, int y, int width, Rows beside) {
    float[] left = beside.row(0, 0);
    float[] right = beside.row(1, 0);
    Rows.shift(from, -d, left, width);
    Rows.shift(from, d, right, width);
    addProducts(to, weights.row(at, y), left, weights.row(at + 1, y), right, width);
  }

  private static void addProducts(
      float[] to, float[] u, float[] a, float[] v, float[] b, float[] w, float[] c, int count) {
    for (int x = 0; x < count; x++) {
      to[x] += u[x] * a[x] + v[x] * b[x] + w[x] * c[x];
    }
  }

  private static void addProducts(
      float[] to, float[] u, float[] a, float[] v, float[] b, int count) {
    for (int x = 0; x < count; x++) {
      to[x] += u[x] * a[x] + v[x] * b[x];
    }
  }
}
