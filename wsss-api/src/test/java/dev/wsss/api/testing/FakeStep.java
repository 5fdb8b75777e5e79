package dev.wsss.api.testing;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.training.TrainingClock;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One of 100 steps in one epoch, that keeps what is logged. */
public final class FakeStep implements StepContext {
  private final NDManager manager;
  private final TrainingClock clock;
  private final RandomGenerator random;
  private final Map<String, Double> logged = new HashMap<>();

  /**
   * @param manager owner of the step's arrays
   * @param step from 1
   */
  public FakeStep(NDManager manager, long step) {
    this.manager = manager;
    this.clock = new TrainingClock(1, 1, step, 100);
    this.random = new SplittableRandom(step);
  }

  @Override
  public TrainingClock clock() {
    return clock;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public void log(String name, double value) {
    logged.merge(name, value, Double::sum);
  }

  /** What was logged so far. */
  public Map<String, Double> logged() {
    return Map.copyOf(logged);
  }
}
