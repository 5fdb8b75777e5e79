package dev.wsss.eval.refine.adaptive;

import dev.wsss.api.data.RgbImage;
import java.util.Arrays;

/**
 * Weights of the neighbours of the pixels of a row: for neighbour n with colours I_n, and
 * deviations s of the colours around a pixel with colours I times a factor,
 *
 * <p>w_n = softmax_n(−⅓ Σ_c |I_nc − I_c| / s_c) for {@link AffinityForm#PAMR}, of the square of
 * each quotient for {@link AffinityForm#PAR}. A channel that is the same all around says nothing.
 * With a weight q of places, and r the distances over their deviation times the same factor, (w_n +
 * q·softmax_n(−r_n²)) / (1 + q), so that weights sum to 1.
 *
 * <p>Used by one thread at a time; nothing is allocated for another row of the same width.
 */
final class Affinities {
  private static final int CHANNELS = 3;

  /** Neighbours of a dilation. */
  static final int AROUND = 8;

  /** Beyond, e^−x is nothing beside the nearest neighbour's 1. */
  private static final float FAR = 40;

  private static final float SHARE = 1 / 32f;

  /** How differences become weights. */
  record Terms(AffinityForm form, double deviationFactor, double positionWeight) {}

  private final Terms terms;
  private final int[] dilations;
  private final float[] places;
  private final Rows around = new Rows();
  private final Rows lines = new Rows();

  Affinities(Terms terms, int[] dilations) {
    this.terms = terms;
    this.dilations = dilations;
    this.places = places(dilations, terms);
  }

  /** Where neighbour 0…7 stands: the row above, left and right, the row below. */
  static int right(int neighbour) {
    int place = neighbour < 4 ? neighbour : neighbour + 1;
    return place % 3 - 1;
  }

  static int below(int neighbour) {
    int place = neighbour < 4 ? neighbour : neighbour + 1;
    return place / 3 - 1;
  }

  /** Copies a row of a picture into rows of its three channels. */
  static void load(RgbImage picture, int y, Rows colours) {
    byte[] rgb = picture.rgb();
    for (int c = 0; c < CHANNELS; c++) {
      float[] row = colours.row(c, y);
      for (int x = 0, at = CHANNELS * y * picture.width() + c; x < picture.width(); x++) {
        row[x] = rgb[at] & 0xff;
        at += CHANNELS;
      }
    }
  }

  /**
   * Computes the weights of a row.
   *
   * @param colours 3×H×W, 0 to 255
   * @param weights plane n·8 + i is neighbour i at dilation n; row y is written
   */
  void weigh(Rows colours, int y, int width, Rows weights) {
    int count = AROUND * dilations.length;
    around.reserve(count, 1, width);
    lines.reserve(3, 1, width);
    for (int n = 0; n < count; n++) {
      Arrays.fill(weights.row(n, y), 0, width, 0);
    }
    for (int c = 0; c < CHANNELS; c++) {
      for (int n = 0; n < count; n++) {
        int d = dilations[n / AROUND];
        float[] from = colours.row(c, y + d * below(n % AROUND));
        Rows.shift(from, d * right(n % AROUND), around.row(n, 0), width);
      }
      float[] own = colours.row(c, y);
      float[] scale = scale(own, count, width);
      for (int n = 0; n < count; n++) {
        if (terms.form == AffinityForm.PAMR) {
          addDifference(weights.row(n, y), around.row(n, 0), own, scale, width);
        } else {
          addSquare(weights.row(n, y), around.row(n, 0), own, scale, width);
        }
      }
    }
    soften(weights, y, count, width);
  }

  /**
   * What differences of a channel are multiplied by: 1 / (factor · deviation), and the mean's ⅓.
   */
  private float[] scale(float[] own, int count, int width) {
    float[] sum = lines.row(0, 0);
    float[] squares = lines.row(1, 0);
    float[] scale = lines.row(2, 0);
    Arrays.fill(sum, 0, width, 0);
    Arrays.fill(squares, 0, width, 0);
    for (int n = 0; n < count; n++) {
      add(sum, around.row(n, 0), width);
      addOwnSquare(squares, around.row(n, 0), width);
    }
    int samples = count;
    boolean pamr = terms.form == AffinityForm.PAMR;
    if (pamr) {
      for (int n = 0; n < dilations.length; n++) {
        add(sum, own, width);
        addOwnSquare(squares, own, width);
      }
      samples += dilations.length;
    }
    double share = pamr ? CHANNELS : Math.sqrt(CHANNELS);
    for (int x = 0; x < width; x++) {
      // Sums of whole numbers, and exact.
      double spread = samples * (double) squares[x] - sum[x] * (double) sum[x];
      double deviation = Math.sqrt(spread / (samples * (samples - 1.0)));
      scale[x] = deviation == 0 ? 0 : (float) (1 / (share * terms.deviationFactor * deviation));
    }
    return scale;
  }

  /** From distances to weights. */
  private void soften(Rows weights, int y, int count, int width) {
    float[] least = lines.row(0, 0);
    float[] sum = lines.row(1, 0);
    Arrays.fill(least, 0, width, Float.POSITIVE_INFINITY);
    Arrays.fill(sum, 0, width, 0);
    for (int n = 0; n < count; n++) {
      lower(least, weights.row(n, y), width);
    }
    for (int n = 0; n < count; n++) {
      decay(weights.row(n, y), least, width);
      add(sum, weights.row(n, y), width);
    }
    float colours = (float) (1 / (1 + terms.positionWeight));
    for (int n = 0; n < count; n++) {
      share(weights.row(n, y), sum, colours, places[n], width);
    }
  }

  /** q / (1 + q) times the softmax of places. */
  private static float[] places(int[] dilations, Terms terms) {
    int count = AROUND * dilations.length;
    double[] distance = new double[count];
    double sum = 0;
    for (int n = 0; n < count; n++) {
      distance[n] = dilations[n / AROUND] * Math.hypot(right(n % AROUND), below(n % AROUND));
      sum += distance[n];
    }
    double spread = 0;
    for (double own : distance) {
      spread += Math.pow(own - sum / count, 2);
    }
    double deviation = terms.deviationFactor * Math.sqrt(spread / (count - 1));
    double least = Arrays.stream(distance).min().orElseThrow();
    double[] power = new double[count];
    double total = 0;
    for (int n = 0; n < count; n++) {
      power[n] = Math.exp((least * least - distance[n] * distance[n]) / (deviation * deviation));
      total += power[n];
    }
    float[] places = new float[count];
    for (int n = 0; n < count; n++) {
      places[n] = (float) (terms.positionWeight / (1 + terms.positionWeight) * power[n] / total);
    }
    return places;
  }

  // One plain loop a method, with few arrays in it and one index: these the compiler makes work on
  // many elements at once.

  private static void add(float[] sum, float[] a, int count) {
    for (int x = 0; x < count; x++) {
      sum[x] += a[x];
    }
  }

  private static void addOwnSquare(float[] sum, float[] a, int count) {
    for (int x = 0; x < count; x++) {
      sum[x] += a[x] * a[x];
    }
  }

  private static void addDifference(float[] to, float[] a, float[] b, float[] scale, int count) {
    for (int x = 0; x < count; x++) {
      to[x] += Math.abs(a[x] - b[x]) * scale[x];
    }
  }

  private static void addSquare(float[] to, float[] a, float[] b, float[] scale, int count) {
    for (int x = 0; x < count; x++) {
      float quotient = (a[x] - b[x]) * scale[x];
      to[x] += quotient * quotient;
    }
  }

  private static void lower(float[] least, float[] a, int count) {
    for (int x = 0; x < count; x++) {
      least[x] = Math.min(least[x], a[x]);
    }
  }

  /**
   * e^(least − a) = 1 / (e^(t/32))^32 with Taylor's polynomial of degree 8 for the inner one, in
   * simple operations alone: off by a relative 5·10⁻⁶ down to e^−20, and by 10⁻³ at e^−40.
   */
  static void decay(float[] a, float[] least, int count) {
    for (int x = 0; x < count; x++) {
      float t = Math.min(FAR, a[x] - least[x]) * SHARE;
      float u = 1 + t * (1 / 7f + t * (1 / 56f));
      u = 1 + t * (1 / 5f + t * (1 / 30f) * u);
      u = 1 + t * (1 / 3f + t * (1 / 12f) * u);
      u = 1 + t * (1 + t * 0.5f * u);
      u *= u;
      u *= u;
      u *= u;
      u *= u;
      u *= u;
      a[x] = 1 / u;
    }
  }

  private static void share(float[] a, float[] sum, float factor, float place, int count) {
    for (int x = 0; x < count; x++) {
      a[x] = a[x] / sum[x] * factor + place;
    }
  }
}
