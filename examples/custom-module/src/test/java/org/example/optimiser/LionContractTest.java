package org.example.optimiser;

import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.testing.OptimiserContract;

final class LionContractTest extends OptimiserContract {

  @Override
  protected Optimiser create(LearningParameters parameters) {
    return new Lion(new LionConfig(0.9, 0.99), parameters);
  }
}
