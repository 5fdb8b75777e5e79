package org.example.refine;

import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.testing.PseudoLabelRefinerContract;

final class BoxMeanContractTest extends PseudoLabelRefinerContract {

  @Override
  protected PseudoLabelRefiner refiner() {
    return new BoxMean(new BoxMeanConfig(2));
  }
}
