package dev.wsss.api.supervision;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.training.TrainingClock;
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
}
