package dev.wsss.rcm;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.supervision.SelfSupervision;

/** Brings the self-supervision modules {@code rcm} and {@code pixel-to-prototype}. */
public final class RcmPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(SelfSupervision.class, "rcm", RcmConfig.class, RegionalContrast.class);
    registry.add(
        SelfSupervision.class,
        "pixel-to-prototype",
        PixelToPrototypeConfig.class,
        PixelToPrototype.class);
  }
}
