package dev.wsss.api.listener;

import dev.wsss.api.training.TrainingClock;
import java.util.Map;

/**
 * One finished training step.
 *
 * @param clock the step's place in the run
 * @param images images of the step
 * @param seconds wall time of the step, data wait included
 * @param dataWaitSeconds part of it spent waiting for pictures
 * @param rate learning rate before group factors
 * @param losses unweighted losses by name: {@code classification}, each active slot, and {@code
 *     total}, which is weighted; besides, what slots log as {@code slot/name}
 */
public record StepReport(
    TrainingClock clock,
    int images,
    double seconds,
    double dataWaitSeconds,
    double rate,
    Map<String, Double> losses) {}
