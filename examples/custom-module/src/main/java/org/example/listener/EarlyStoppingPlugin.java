package org.example.listener;

import dev.wsss.api.listener.RunListener;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class EarlyStoppingPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(RunListener.class, "early-stopping", EarlyStoppingConfig.class, EarlyStopping.class);
  }
}
