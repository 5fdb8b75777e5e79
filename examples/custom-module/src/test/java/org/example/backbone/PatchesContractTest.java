package org.example.backbone;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.testing.BackboneContract;

final class PatchesContractTest extends BackboneContract {

  @Override
  protected Backbone create() {
    return new Patches(new PatchesConfig(8, 32));
  }
}
