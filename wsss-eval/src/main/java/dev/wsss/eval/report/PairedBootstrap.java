package dev.wsss.eval.report;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean of paired differences with two intervals.
 *
 * <p>Pairs share everything but what is compared: here the training seed, and with it the data, so
 * that what a seed does to both cancels. The <em>percentile bootstrap</em> draws n of the n
 * differences with replacement, many times, and takes the middle share of the means (Efron and
 * Tibshirani 1993, chapter 13).
 *
 * <p>Read it with care where pairs are few. n differences have at most n^n resamples, and the
 * lowest mean, n times the smallest difference, comes with probability n^−n. For n = 3 that is 1/27
 * = 3.7 %, more than the 2.5 % that a 95 % interval cuts off: the interval then runs exactly from
 * the smallest to the largest difference, and is above zero exactly where every pair gained. Where
 * there is no effect all three pairs gain by chance once in eight, so that it is nothing like a 95
 * % confidence interval; nor is it for the next larger n, where it is still too narrow.
 * <em>Student's t interval</em> stands beside it because it keeps its level for few pairs if the
 * differences are about normal: for n = 3 it is ±2.5 standard deviations wide. An effect is safe to
 * claim where both are above zero. Both speak of other seeds on the same pictures, not of other
 * pictures.
 */
public final class PairedBootstrap {
  private final int draws;
  private final double confidence;
  private final long seed;

  /**
   * @param draws number of resamples, for example 10,000
   * @param confidence share of the means within the interval, for example 0.95
   * @param seed of the draws, so that a table repeats itself
   */
  public PairedBootstrap(int draws, double confidence, long seed) {
    if (draws < 1 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          draws + " draws at confidence " + confidence + "; at least 1, and between 0 and 1");
    }
    this.draws = draws;
    this.confidence = confidence;
    this.seed = seed;
  }

  /**
   * The differences {@code treated[i] − baseline[i]}. One pair has a mean and no interval; no pair
   * has neither.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  public PairedDifference compare(double[] baseline, double[] treated) {
    if (baseline.length != treated.length) {
      throw new IllegalArgumentException(
          baseline.length + " values cannot be paired with " + treated.length);
    }
    double[] differences = new double[baseline.length];
    Arrays.setAll(differences, i -> treated[i] - baseline[i]);
    MeanDeviation summary = MeanDeviation.of(differences);
    if (differences.length < 2) {
      PairedDifference.Interval none = PairedDifference.Interval.NONE;
      return new PairedDifference(differences.length, summary.mean(), none, none);
    }
    double reach =
        StudentT.quantile(confidence, differences.length - 1)
            * summary.deviation()
            / Math.sqrt(differences.length);
    return new PairedDifference(
        differences.length,
        summary.mean(),
        bootstrap(differences),
        new PairedDifference.Interval(summary.mean() - reach, summary.mean() + reach));
  }

  private PairedDifference.Interval bootstrap(double[] differences) {
    SplittableRandom random = new SplittableRandom(seed);
    // Sorted, so that equal sets of differences give equal intervals whatever their order.
    double[] sorted = Arrays.stream(differences).sorted().toArray();
    double[] means = new double[draws];
    int[] times = new int[sorted.length];
    for (int draw = 0; draw < draws; draw++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < sorted.length; i++) {
        times[random.nextInt(sorted.length)]++;
      }
      double sum = 0;
      for (int i = 0; i < sorted.length; i++) {
        sum += times[i] * sorted[i];
      }
      means[draw] = sum / sorted.length;
    }
    Arrays.sort(means);
    int cut = (int) Math.floor((1 - confidence) / 2 * draws);
    return new PairedDifference.Interval(means[cut], means[draws - 1 - cut]);
  }
}
