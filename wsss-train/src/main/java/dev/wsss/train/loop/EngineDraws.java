package dev.wsss.train.loop;

import ai.djl.engine.Engine;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.eval.random.Seed;

/**
 * The engine's own generator, from which dropout draws: set before each step, it gives a step that
 * is repeated the same draws, and a resumed run needs no state of it.
 *
 * @param seed of the run
 */
public record EngineDraws(long seed) {

  /** Sets the generator for the step that begins. */
  public void begin(TrainingClock clock) {
    Seed own = new Seed(seed).with("engine").with(clock.step());
    Engine.getInstance().setRandomSeed((int) own.generator().nextLong());
  }
}
