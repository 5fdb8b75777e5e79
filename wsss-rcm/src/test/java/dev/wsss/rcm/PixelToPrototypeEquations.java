package dev.wsss.rcm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The literal equations of {@code pixel-to-prototype} in double precision, with features that are
 * resized before they are used and without any of the library's tensors. Every picture shows all
 * classes.
 *
 * @param large rows and columns of the grid at scale 1
 * @param small rows and columns of the grid of the second view
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PixelToPrototypeEquations(int[] large, int[] small, PixelToPrototypeConfig config) {

  /** One network's outputs for B pictures: features B×D×cells and maps B×K×cells at both scales. */
  record Outputs(
      double[][][] features1, double[][][] maps1, double[][][] features2, double[][][] maps2) {}

  /** B×cells labels and (K+1)×D prototypes of one view; an empty row where there is none. */
  private record View(int[][] labels, double[][] prototypes) {}

  double loss(Outputs student, Outputs teacher) {
    View one = view(resized(teacher.features1()), resized(teacher.maps1()));
    View two = view(teacher.features2(), teacher.maps2());
    double[][][] pixels1 = resized(student.features1());
    double[][][] pixels2 = student.features2();
    double crossPrototype = contrast(pixels1, one, two) + contrast(pixels2, two, one);
    double crossCam = contrast(pixels1, two, one) + contrast(pixels2, one, two);
    double intraView = contrast(pixels1, one, one) + contrast(pixels2, two, two);
    return (config.crossPrototypeWeight() * crossPrototype
            + config.crossCamWeight() * crossCam
            + config.intraViewWeight() * intraView)
        / 2;
  }

  private View view(double[][][] features, double[][][] maps) {
    int classes = maps[0].length;
    int cells = maps[0][0].length;
    double[][][] shares = new double[maps.length][classes + 1][cells];
    int[][] labels = new int[maps.length][cells];
    for (int i = 0; i < maps.length; i++) {
      for (int k = 0; k < classes; k++) {
        double max = Math.max(0, Arrays.stream(maps[i][k]).max().orElseThrow());
        for (int p = 0; p < cells; p++) {
          shares[i][k][p] = Math.max(0, maps[i][k][p]) / (max + 1e-5);
        }
      }
      for (int p = 0; p < cells; p++) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
          best = shares[i][k][p] > shares[i][best][p] ? k : best;
        }
        labels[i][p] = shares[i][best][p] >= config.threshold() ? best : classes;
        shares[i][classes][p] = labels[i][p] == classes ? 1 - shares[i][best][p] : 0;
      }
    }
    double[][] prototypes = new double[classes + 1][];
    for (int k = 0; k <= classes; k++) {
      int pixels = k == classes ? Integer.MAX_VALUE : config.pixels();
      prototypes[k] = prototype(features, shares, k, pixels);
    }
    return new View(labels, prototypes);
  }

  private static double[] prototype(double[][][] features, double[][][] shares, int k, int pixels) {
    List<int[]> positions = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      for (int p = 0; p < shares[i][k].length; p++) {
        if (shares[i][k][p] > 0) {
          positions.add(new int[] {i, p});
        }
      }
    }
    positions.sort((a, b) -> Double.compare(shares[b[0]][k][b[1]], shares[a[0]][k][a[1]]));
    double[] sum = new double[features[0].length];
    for (int[] at : positions.subList(0, Math.min(pixels, positions.size()))) {
      for (int d = 0; d < sum.length; d++) {
        sum[d] += shares[at[0]][k][at[1]] * features[at[0]][d][at[1]];
      }
    }
    double norm = norm(sum);
    return norm == 0 ? new double[0] : Arrays.stream(sum).map(v -> v / norm).toArray();
  }

  private double contrast(double[][][] pixels, View labelled, View shown) {
    double loss = 0;
    int cells = pixels[0][0].length;
    for (int i = 0; i < pixels.length; i++) {
      for (int p = 0; p < cells; p++) {
        double[] pixel = new double[pixels[i].length];
        for (int d = 0; d < pixel.length; d++) {
          pixel[d] = pixels[i][d][p];
        }
        int label = labelled.labels()[i][p];
        if (shown.prototypes()[label].length > 0) {
          double all = 0;
          for (double[] prototype : shown.prototypes()) {
            all += prototype.length == 0 ? 0 : Math.exp(logit(pixel, prototype));
          }
          loss += Math.log(all) - logit(pixel, shown.prototypes()[label]);
        }
      }
    }
    return loss / (pixels.length * cells);
  }

  private double logit(double[] pixel, double[] prototype) {
    double product = 0;
    for (int d = 0; d < pixel.length; d++) {
      product += pixel[d] * prototype[d];
    }
    return config.temperature() * product / norm(pixel);
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
  }

  private double[][][] resized(double[][][] arrays) {
    return Arrays.stream(arrays)
        .map(array -> Arrays.stream(array).map(this::resized).toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  /** From the large grid to the small one: bilinear, half-pixel centres, edges repeated. */
  private double[] resized(double[] map) {
    double[] resized = new double[small[0] * small[1]];
    for (int y = 0; y < small[0]; y++) {
      for (int x = 0; x < small[1]; x++) {
        double v = (y + 0.5) * large[0] / small[0] - 0.5;
        double u = (x + 0.5) * large[1] / small[1] - 0.5;
        int i = (int) Math.floor(v);
        int j = (int) Math.floor(u);
        double above = (1 - u + j) * at(map, i, j) + (u - j) * at(map, i, j + 1);
        double below = (1 - u + j) * at(map, i + 1, j) + (u - j) * at(map, i + 1, j + 1);
        resized[y * small[1] + x] = (1 - v + i) * above + (v - i) * below;
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
