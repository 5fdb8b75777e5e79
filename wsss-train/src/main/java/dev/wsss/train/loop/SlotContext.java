package dev.wsss.train.loop;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What one step offers the module of one slot. */
record SlotContext(
    String slot, TrainingClock clock, RandomGenerator random, NDManager manager, LossLedger losses)
    implements StepContext {

  @Override
  public void log(String name, double value) {
    losses.log(slot + "/" + name, value);
  }

  @Override
  public void show(String name, Supplier<List<IndexMask>> labels) {
    if (clock.endsEpoch()) {
      losses.show(slot + "/" + name, labels.get());
    }
  }
}
