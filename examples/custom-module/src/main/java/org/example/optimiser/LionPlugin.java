package org.example.optimiser;

import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class LionPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(Optimiser.class, "lion", LionConfig.class, Lion.class);
  }
}
