package dev.wsss.eval.predict;

/**
 * What a {@link PredictionJob} has done.
 *
 * @param labelled pictures whose masks are in the folder
 * @param failed pictures that were left out
 * @param seconds this call took
 */
public record PredictionReport(int labelled, int failed, double seconds) {}
