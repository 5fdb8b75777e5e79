package dev.wsss.mam;

import java.util.Arrays;

/**
 * The literal equations of {@code seam} in double precision, with the h·w×h·w matrix of cosines and
 * without any of the library's tensors; for one picture of which all K classes are present.
 *
 * @param classes K
 * @param channels D
 * @param large rows and columns of the grid at scale 1
 * @param small rows and columns of the grid at scale s
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SeamEquations(int classes, int channels, int[] large, int[] small, SeamConfig config) {
  private static final double EPSILON = 1e-5;

  /** Outputs of the student: features D×cells and maps K×cells of both looks. */
  record Outputs(double[][] features1, double[][] maps1, double[][] features2, double[][] maps2) {}

  /** The loss where targets come from {@code frozen}, whose change is no gradient. */
  double loss(Outputs live, Outputs frozen) {
    double[][] first = resize(shares(live.maps1()));
    double[][] second = shares(live.maps2());
    double difference = 0;
    for (int k = 0; k < classes; k++) {
      for (int p = 0; p < second[k].length; p++) {
        difference += Math.abs(first[k][p] - second[k][p]);
      }
    }
    double[][] target1 = target(resize(shares(frozen.maps1())));
    double[][] target2 = target(shares(frozen.maps2()));
    double[][] spread1 = resize(shares(spread(live.features1(), target(shares(frozen.maps1())))));
    double[][] spread2 = shares(spread(live.features2(), target(shares(frozen.maps2()))));
    return config.equivarianceWeight() * difference / (classes * second[0].length)
        + config.correlationWeight() * (hardest(spread1, target2) + hardest(spread2, target1));
  }

  private static double[][] shares(double[][] maps) {
    return Arrays.stream(maps)
        .map(
            map -> {
              double max = Math.max(0, Arrays.stream(map).max().orElseThrow());
              return Arrays.stream(map).map(a -> Math.max(0, a) / (max + EPSILON)).toArray();
            })
        .toArray(double[][]::new);
  }

  private static double[][] target(double[][] shares) {
    double[][] target = new double[shares.length + 1][shares[0].length];
    for (int p = 0; p < shares[0].length; p++) {
      int best = 0;
      for (int k = 1; k < shares.length; k++) {
        best = shares[k][p] > shares[best][p] ? k : best;
      }
      target[0][p] = 1 - shares[best][p];
      target[best + 1][p] = shares[best][p];
    }
    return target;
  }

  private static double[][] spread(double[][] features, double[][] maps) {
    int cells = maps[0].length;
    double[][] spread = new double[maps.length][cells];
    for (int i = 0; i < cells; i++) {
      double alike = EPSILON;
      for (int j = 0; j < cells; j++) {
        double cosine = Math.max(0, cosine(features, i, j));
        alike += cosine;
        for (int k = 0; k < maps.length; k++) {
          spread[k][i] += cosine * maps[k][j];
        }
      }
      for (int k = 0; k < maps.length; k++) {
        spread[k][i] /= alike;
      }
    }
    return spread;
  }

  private static double cosine(double[][] features, int i, int j) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (double[] channel : features) {
      product += channel[i] * channel[j];
      first += channel[i] * channel[i];
      second += channel[j] * channel[j];
    }
    return product / Math.sqrt(first * second);
  }

  private double hardest(double[][] a, double[][] b) {
    int cells = a[0].length;
    double[] errors = new double[cells];
    for (int p = 0; p < cells; p++) {
      for (int k = 0; k < a.length; k++) {
        errors[p] += Math.abs(a[k][p] - b[k][p]) / a.length;
      }
    }
    Arrays.sort(errors);
    int count = Math.max(1, (int) (config.hardestShare() * cells));
    return Arrays.stream(errors, cells - count, cells).average().orElseThrow();
  }

  /** From the large grid to the small one: bilinear, half-pixel centres, edges repeated. */
  private double[][] resize(double[][] maps) {
    double[][] resized = new double[maps.length][small[0] * small[1]];
    for (int k = 0; k < maps.length; k++) {
      for (int y = 0; y < small[0]; y++) {
        for (int x = 0; x < small[1]; x++) {
          double v = (y + 0.5) * large[0] / small[0] - 0.5;
          double u = (x + 0.5) * large[1] / small[1] - 0.5;
          int i = (int) Math.floor(v);
          int j = (int) Math.floor(u);
          resized[k][y * small[1] + x] =
              (1 - v + i) * ((1 - u + j) * at(maps[k], i, j) + (u - j) * at(maps[k], i, j + 1))
                  + (v - i)
                      * ((1 - u + j) * at(maps[k], i + 1, j) + (u - j) * at(maps[k], i + 1, j + 1));
        }
      }
    }
    return resized;
  }

  private double at(double[] map, int row, int column) {
    int i = Math.min(Math.max(row, 0), large[0] - 1);
    int j = Math.min(Math.max(column, 0), large[1] - 1);
    return map[i * large[1] + j];
  }
}
