package dev.wsss.eval.report;

import java.util.Arrays;

/**
 * Mean and sample standard deviation (divided by n − 1) of numbers.
 *
 * @param mean NaN without any number
 * @param deviation NaN with fewer than two
 * @param count n
 */
public record MeanDeviation(double mean, double deviation, int count) {

  public static MeanDeviation of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new MeanDeviation(mean, deviation, values.length);
  }
}
