package dev.wsss.api.listener;

import dev.wsss.api.training.TrainingClock;
import java.util.Map;

/**
 * One finished epoch.
 *
 * @param clock the epoch's last step
 * @param means of {@code rate} and of each of {@link StepReport#losses()} over the epoch's steps
 * @param imagesPerSecond over the epoch
 * @param dataWaitShare share of the time spent waiting for pictures, 0…1
 */
public record EpochReport(
    TrainingClock clock, Map<String, Double> means, double imagesPerSecond, double dataWaitShare) {}
