package dev.wsss.train.loop;

import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.refine.Refinement;

/**
 * A self-supervision module under its slot's name.
 *
 * @param weight factor λ of its loss
 * @param fromEpoch first epoch, from 1, in which it counts
 * @param fromStep first step of the run, from 1, in which it counts
 * @param refinement of the teacher's maps before the module sees them; without refiners none
 */
public record Slot(
    String name,
    double weight,
    int fromEpoch,
    long fromStep,
    Refinement refinement,
    SelfSupervision<?> module) {

  boolean activeAt(TrainingClock clock) {
    return clock.epoch() >= fromEpoch && clock.step() >= fromStep;
  }
}
