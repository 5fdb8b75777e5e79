package org.example.agreement;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.SelfSupervisionContract;

final class AgreementContractTest extends SelfSupervisionContract<Agreement.Target> {

  @Override
  protected SelfSupervision<Agreement.Target> module(ClassNames classes, TrainingShape shape) {
    return new Agreement(new AgreementConfig(0.5));
  }
}
