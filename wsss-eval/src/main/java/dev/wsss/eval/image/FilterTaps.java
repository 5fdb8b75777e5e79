package dev.wsss.eval.image;

/**
 * Which inputs along one axis make up each output, and how much of each.
 *
 * <p>Output i is centred at c = (i + ½)·from/to and takes the inputs under a triangle of half-width
 * max(1, from/to) around c; at the border the rest is scaled up to a sum of one. For enlarging this
 * is bilinear interpolation with half-pixel centres; for shrinking it averages, so that no detail
 * turns into noise.
 *
 * @param first first input of each output
 * @param weight weights of the inputs from there on, each row of sum one
 */
@SuppressWarnings("ArrayRecordComponent") // tables; never compared
record FilterTaps(int[] first, float[][] weight) {

  static FilterTaps of(int from, int to) {
    double scale = (double) from / to;
    double support = Math.max(1, scale);
    int[] first = new int[to];
    float[][] weight = new float[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int start = (int) Math.max(0, Math.floor(centre - support + 0.5));
      int end = (int) Math.min(from, Math.floor(centre + support + 0.5));
      double[] taps = new double[end - start];
      double sum = 0;
      for (int j = 0; j < taps.length; j++) {
        double distance = Math.abs(start + j + 0.5 - centre) / support;
        taps[j] = Math.max(0, 1 - distance);
        sum += taps[j];
      }
      first[i] = start;
      weight[i] = new float[taps.length];
      for (int j = 0; j < taps.length; j++) {
        weight[i][j] = (float) (taps[j] / sum);
      }
    }
    return new FilterTaps(first, weight);
  }

  int outputs() {
    return first.length;
  }

  /** The most inputs that make up one output. */
  int mostTaps() {
    int most = 0;
    for (float[] taps : weight) {
      most = Math.max(most, taps.length);
    }
    return most;
  }
}
