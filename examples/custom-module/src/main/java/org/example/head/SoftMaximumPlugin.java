package org.example.head;

import dev.wsss.api.network.CamHead;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class SoftMaximumPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(CamHead.class, "soft-maximum", SoftMaximumConfig.class, SoftMaximum.class);
  }
}
