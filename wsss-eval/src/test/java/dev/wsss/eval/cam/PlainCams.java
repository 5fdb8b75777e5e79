package dev.wsss.eval.cam;

import dev.wsss.api.data.RgbImage;

/** CAM inference with {@link FakeNetworks#formula}, pixel by pixel in double precision. */
final class PlainCams {

  private PlainCams() {}

  /** Summed rectified maps [class][row][column] at the picture's size. */
  static double[][][] sum(RgbImage image, CamConfig config) {
    double[][][] sum = new double[3][image.height()][image.width()];
    for (double scale : config.scales()) {
      double[][][] maps = maps(image, scale, false);
      double[][][] mirrored = config.flip() ? maps(image, scale, true) : null;
      for (int k = 0; k < 3; k++) {
        double[][] both = new double[maps[k].length][maps[k][0].length];
        for (int y = 0; y < both.length; y++) {
          int width = both[y].length;
          for (int x = 0; x < width; x++) {
            both[y][x] = Math.max(0, maps[k][y][x]);
            if (mirrored != null) {
              both[y][x] += Math.max(0, mirrored[k][y][width - 1 - x]);
            }
          }
        }
        double[][] large = resize(both, image.height(), image.width());
        for (int y = 0; y < large.length; y++) {
          for (int x = 0; x < large[y].length; x++) {
            sum[k][y][x] += large[y][x];
          }
        }
      }
    }
    return sum;
  }

  /** Raw maps [class][row][column]. */
  static double[][][] maps(RgbImage image, double scale, boolean mirror) {
    int height = Math.max(FakeNetworks.STRIDE, (int) Math.round(image.height() * scale));
    int width = Math.max(FakeNetworks.STRIDE, (int) Math.round(image.width() * scale));
    double[][][] maps = new double[3][][];
    for (int k = 0; k < 3; k++) {
      double[][] colour = new double[image.height()][image.width()];
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          int column = mirror ? image.width() - 1 - x : x;
          int value = image.rgb()[3 * (y * image.width() + column) + k] & 0xff;
          colour[y][x] =
              (value - FakeNetworks.INPUT.mean().get(k)) / FakeNetworks.INPUT.deviation().get(k);
        }
      }
      double[][] scaled = resize(colour, height, width);
      maps[k] = resize(scaled, cells(height), cells(width));
      for (double[] row : maps[k]) {
        for (int x = 0; x < row.length; x++) {
          row[x] *= 1 + k + 0.1 * x;
        }
      }
    }
    return maps;
  }

  private static int cells(int side) {
    return (side + FakeNetworks.STRIDE - 1) / FakeNetworks.STRIDE;
  }

  private static double[][] resize(double[][] in, int height, int width) {
    double[][] out = new double[height][width];
    for (int y = 0; y < height; y++) {
      double v = position(y, in.length, height);
      int top = (int) v;
      int bottom = Math.min(top + 1, in.length - 1);
      for (int x = 0; x < width; x++) {
        double u = position(x, in[0].length, width);
        int left = (int) u;
        int right = Math.min(left + 1, in[0].length - 1);
        double above = in[top][left] * (1 - (u - left)) + in[top][right] * (u - left);
        double below = in[bottom][left] * (1 - (u - left)) + in[bottom][right] * (u - left);
        out[y][x] = above * (1 - (v - top)) + below * (v - top);
      }
    }
    return out;
  }

  private static double position(int j, int in, int out) {
    return Math.min(Math.max((j + 0.5) * in / out - 0.5, 0), in - 1);
  }
}
