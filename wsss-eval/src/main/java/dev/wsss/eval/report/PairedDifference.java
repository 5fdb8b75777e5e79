package dev.wsss.eval.report;

/**
 * How much one cell is above another, over pairs that share a seed.
 *
 * @param pairs n
 * @param mean mean difference
 * @param bootstrap percentile bootstrap interval; see {@link PairedBootstrap} for what it means
 * @param student Student's t interval
 */
public record PairedDifference(int pairs, double mean, Interval bootstrap, Interval student) {

  /** An interval, ends included; both NaN where one pair gives none. */
  public record Interval(double low, double high) {
    static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** Whether every value is above zero. */
    public boolean isAboveZero() {
      return low > 0;
    }
  }
}
