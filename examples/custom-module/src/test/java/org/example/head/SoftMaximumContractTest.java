package org.example.head;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.CamHead;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.testing.CamHeadContract;

final class SoftMaximumContractTest extends CamHeadContract {

  @Override
  protected CamHead create(FeatureSpec features, ClassNames classes) {
    return new SoftMaximum(new SoftMaximumConfig(5), classes);
  }
}
