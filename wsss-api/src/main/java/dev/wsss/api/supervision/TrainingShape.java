package dev.wsss.api.supervision;

/**
 * Sizes that modules may check before training starts.
 *
 * @param batchSize images a step
 * @param cropInPixels side of the square crop
 */
public record TrainingShape(int batchSize, int cropInPixels) {}
