package org.example.classification;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.testing.ClassificationLossContract;

final class FocalContractTest extends ClassificationLossContract {

  @Override
  protected ClassificationLoss create(ClassNames classes) {
    return new Focal(new FocalConfig(2));
  }
}
