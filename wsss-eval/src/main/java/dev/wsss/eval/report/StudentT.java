package dev.wsss.eval.report;

/** Quantiles of Student's t distribution for whole degrees of freedom. */
final class StudentT {

  private StudentT() {}

  /** The t such that a share {@code confidence} lies within ±t. */
  static double quantile(double confidence, int freedom) {
    double low = 0;
    double high = 1;
    while (within(high, freedom) < confidence) {
      high *= 2;
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (within(middle, freedom) < confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Share within ±t: the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4. */
  private static double within(double t, int freedom) {
    double theta = Math.atan(t / Math.sqrt(freedom));
    double cosine = Math.cos(theta);
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
      sum += term;
      term *= cosine * cosine * (power + 1) / (power + 2);
    }
    double rest = Math.sin(theta) * sum;
    return odd ? 2 / Math.PI * (theta + rest) : rest;
  }
}
