package org.example.backbone;

import dev.wsss.api.network.Backbone;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class PatchesPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(Backbone.class, "patches", PatchesConfig.class, Patches.class);
  }
}
