package dev.wsss.mam;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.SelfSupervision;

/** Brings the self-supervision module {@code mam}. */
public final class MamPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(SelfSupervision.class, "mam", MamConfig.class, MultiScaleAttention.class);
  }
}
