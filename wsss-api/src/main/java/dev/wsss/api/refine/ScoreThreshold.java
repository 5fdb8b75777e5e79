package dev.wsss.api.refine;

/**
 * Thresholds between background and objects that scores alone tell: no mask is read.
 *
 * <p>Which threshold is right belongs to the maps: 0.3 calls a fifth of one network's pixels object
 * and two thirds of another's.
 */
public final class ScoreThreshold {
  private static final int OTSU_BINS = 256;

  private ScoreThreshold() {}

  /**
   * Below what a share of all lies.
   *
   * @param histogram how much there is in each bin, 0 or more; bins of one width, from score 0
   * @param share 0…1
   * @return in bins, from the lower edge of the first; what a bin holds counts as spread evenly
   *     over it. The number of bins where all are empty, so that nothing is claimed.
   */
  public static double quantile(double[] histogram, double share) {
    double total = 0;
    for (double held : histogram) {
      total += held;
    }
    double below = 0;
    for (int bin = 0; bin < histogram.length; bin++) {
      if (histogram[bin] > 0 && below + histogram[bin] >= share * total) {
        return bin + (share * total - below) / histogram[bin];
      }
      below += histogram[bin];
    }
    return histogram.length;
  }

  /**
   * The threshold that parts scores best: that of the largest variance between the two parts (Otsu
   * 1979), over a histogram of {@value #OTSU_BINS} bins.
   *
   * @param scores 0…1
   * @param from first of those that count
   * @param to one past the last of them
   * @return the lower edge of the first bin of the upper part; of scores in one bin, that of the
   *     last bin
   */
  public static float otsu(float[] scores, int from, int to) {
    int[] histogram = new int[OTSU_BINS];
    double all = 0;
    for (int at = from; at < to; at++) {
      int bin = Math.min(OTSU_BINS - 1, (int) (scores[at] * OTSU_BINS));
      histogram[bin]++;
      all += bin;
    }
    int total = to - from;
    int lower = 0;
    double sum = 0;
    double most = 0;
    int best = OTSU_BINS - 1;
    for (int bin = 0; bin < OTSU_BINS - 1; bin++) {
      lower += histogram[bin];
      sum += (double) bin * histogram[bin];
      if (lower > 0 && lower < total) {
        double apart = sum / lower - (all - sum) / (total - lower);
        double variance = apart * apart * lower * (double) (total - lower);
        if (variance > most) {
          most = variance;
          best = bin + 1;
        }
      }
    }
    return (float) best / OTSU_BINS;
  }
}
