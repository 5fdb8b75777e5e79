package dev.wsss.train.classification;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.testing.ClassificationLossContract;

final class BinaryCrossEntropyContractTest extends ClassificationLossContract {
  @Override
  protected ClassificationLoss create(ClassNames classes) {
    return new BinaryCrossEntropy();
  }
}
