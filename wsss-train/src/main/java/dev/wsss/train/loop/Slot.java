package dev.wsss.train.loop;

import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.training.TrainingClock;

/**
 * A self-supervision module under its slot's name.
 *
 * @param weight factor λ of its loss
 * @param fromEpoch first epoch, from 1, in which it counts
 * @param fromStep first step of the run, from 1, in which it counts
 */
public record Slot(
    String name, double weight, int fromEpoch, long fromStep, SelfSupervision<?> module) {

  boolean activeAt(TrainingClock clock) {
    return clock.epoch() >= fromEpoch && clock.step() >= fromStep;
  }
}
