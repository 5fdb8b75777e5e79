package org.example.agreement;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.SelfSupervision;

/** Named in META-INF/services, so that dropping the jar into plugins/ is all it takes. */
public final class AgreementPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(SelfSupervision.class, "agreement", AgreementConfig.class, Agreement.class);
  }
}
