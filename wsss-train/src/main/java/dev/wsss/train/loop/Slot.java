package dev.wsss.train.loop;

import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.training.TrainingClock;
import java.util.List;

/**
 * A self-supervision module under its slot's name.
 *
 * @param weight factor λ of its loss
 * @param fromEpoch first epoch, from 1, in which it counts
 * @param fromStep first step of the run, from 1, in which it counts
 * @param refiners through which the teacher's maps go before the module sees them
 */
public record Slot(
    String name,
    double weight,
    int fromEpoch,
    long fromStep,
    List<PseudoLabelRefiner> refiners,
    SelfSupervision<?> module) {

  boolean activeAt(TrainingClock clock) {
    return clock.epoch() >= fromEpoch && clock.step() >= fromStep;
  }
}
