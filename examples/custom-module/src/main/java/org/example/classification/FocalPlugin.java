package org.example.classification;

import dev.wsss.api.classification.ClassificationLoss;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class FocalPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(ClassificationLoss.class, "focal", FocalConfig.class, Focal.class);
  }
}
