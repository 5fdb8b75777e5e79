package dev.wsss.api.supervision;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.training.TrainingClock;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What a training step offers the module in one slot. */
public interface StepContext {

  /** Where in training this step stands. */
  TrainingClock clock();

  /**
   * This slot's random numbers, seeded by run, slot and step: another module's draws never change
   * them, and a resumed run draws the same.
   */
  RandomGenerator random();

  /** Owner of arrays that live until the end of the step. */
  NDManager manager();

  /**
   * Adds {@code value} to the number reported under {@code slot/name} for this step. {@code derive}
   * is called once a step; {@code loss} once for each part of it (some images, at some of the
   * student's scales), and how a step is cut may change: log there what sums up over parts, as the
   * loss itself does.
   */
  void log(String name, double value);

  /**
   * Offers labels of pixels to look at, under {@code slot/name}: a loss that is fed wrong ones
   * falls all the same. A run shows those of the last step of each epoch, each beside its picture,
   * as the files {@code supervision/epoch-N.html} of its folder. For {@code derive}, which sees the
   * whole batch.
   *
   * @param labels a mask for each image of the batch, on any grid; made before this returns, and
   *     only where somebody looks
   */
  default void show(String name, Supplier<List<IndexMask>> labels) {}
}
