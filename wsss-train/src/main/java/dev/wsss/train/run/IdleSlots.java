package dev.wsss.train.run;

import dev.wsss.train.config.RunConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of slots whose loss would never count. */
final class IdleSlots {
  private static final Logger LOG = LoggerFactory.getLogger(IdleSlots.class);

  private IdleSlots() {}

  static void warn(RunConfig config, int stepsPerEpoch) {
    int epochs = config.training().epochs();
    long steps = (long) epochs * stepsPerEpoch;
    config
        .selfSupervision()
        .forEach(
            (name, slot) -> {
              if (slot.fromEpoch() > epochs) {
                warn(name, "from-epoch", slot.fromEpoch(), "training.epochs is " + epochs);
              } else if (slot.fromStep() > steps) {
                warn(name, "from-step", slot.fromStep(), "the run has " + steps + " steps");
              }
            });
  }

  private static void warn(String slot, String key, int value, String end) {
    LOG.warn("self-supervision.{} never counts: {} is {}, {}", slot, key, value, end);
  }
}
