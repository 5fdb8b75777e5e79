package dev.wsss.train.loop;

import dev.wsss.api.supervision.SelfSupervision;

/**
 * A self-supervision module under its slot's name.
 *
 * @param weight factor λ of its loss
 * @param fromEpoch first epoch, from 1, in which it counts
 */
public record Slot(String name, double weight, int fromEpoch, SelfSupervision<?> module) {

  boolean activeIn(int epoch) {
    return epoch >= fromEpoch;
  }
}
