package dev.wsss.api.optimiser;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.training.TrainingClock;
import java.util.Map;

/**
 * Moves the student's parameters along their gradients.
 *
 * <p>An implementation may inject its configuration record and {@link LearningParameters}. It makes
 * the arrays that it keeps between steps in its constructor, from {@link
 * LearningParameters#manager()}; arrays made during a step are closed when the step ends. It is
 * used by one thread. The keys {@code rate}, {@code schedule}, {@code weight-decay}, {@code
 * clip-norm} and the factors of parameter groups are read for it; its own configuration holds the
 * rest.
 */
public interface Optimiser {

  /**
   * Moves all parameters in place, once a batch's gradients are complete and clipped; outside any
   * gradient collection. The caller sets the gradients to zero afterwards.
   *
   * @param rate learning rate of this step; each group has a factor on it
   */
  void step(double rate, TrainingClock clock);

  /**
   * The arrays kept between steps, by name: the arrays themselves, from construction on always the
   * same ones. Checkpoints save them, and a resumed run writes the saved values into them. Names
   * are free, but unique: {@code head.weight}, or {@code second-moment.head.weight}. Numbers that
   * follow from the step are taken from the clock instead.
   */
  Map<String, NDArray> state();
}
