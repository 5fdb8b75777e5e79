package dev.wsss.train.optimiser;

import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.testing.OptimiserContract;

final class SgdContractTest extends OptimiserContract {
  @Override
  protected Optimiser create(LearningParameters parameters) {
    return new Sgd(new SgdConfig(0.9), parameters);
  }
}
