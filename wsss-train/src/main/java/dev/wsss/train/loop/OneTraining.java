package dev.wsss.train.loop;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to train, which one run of a process has at a time: the tensor engine collects
 * gradients for one, and would fail whichever run collects second, in the middle of its epoch.
 */
final class OneTraining implements AutoCloseable {
  // One a process because the engine's collector is.
  private static final AtomicBoolean TAKEN = new AtomicBoolean();

  private OneTraining() {}

  /**
   * Takes the right until it is closed.
   *
   * @throws TrainingException if another run has it
   */
  static OneTraining begin() {
    if (!TAKEN.compareAndSet(false, true)) {
      throw new TrainingException(
          "another run trains in this process, and the tensor engine collects gradients for one at"
              + " a time; train one after the other, or each in a process of its own");
    }
    return new OneTraining();
  }

  @Override
  public void close() {
    TAKEN.set(false);
  }
}
