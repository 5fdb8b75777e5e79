package dev.wsss.api.testing;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.supervision.StepContext;
import dev.wsss.api.training.TrainingClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One of 100 steps in one epoch, that keeps what is logged and shown. */
public final class FakeStep implements StepContext {
  private final NDManager manager;
  private final TrainingClock clock;
  private final RandomGenerator random;
  private final Map<String, Double> logged = new HashMap<>();
  private final Map<String, List<IndexMask>> shown = new HashMap<>();

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

  @Override
  public void show(String name, Supplier<List<IndexMask>> labels) {
    shown.put(name, labels.get());
  }

  /** Indices of the pixels of an image's mask that was shown, row by row. */
  public byte[] shown(String name, int image) {
    return shown.getOrDefault(name, List.of()).get(image).indices();
  }

  /** What was logged so far. */
  public Map<String, Double> logged() {
    return Map.copyOf(logged);
  }
}
