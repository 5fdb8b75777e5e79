package org.example.schedule;

import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class HalvingPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(RateSchedule.class, "halving", HalvingConfig.class, Halving.class);
  }
}
