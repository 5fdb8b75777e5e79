package dev.wsss.mam;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.SelfSupervision;

/** Brings the self-supervision modules {@code mam} and {@code seam}. */
public final class MamPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(SelfSupervision.class, "mam", MamConfig.class, MultiScaleAttention.class);
    registry.add(SelfSupervision.class, "seam", SeamConfig.class, EquivariantAttention.class);
  }
}
