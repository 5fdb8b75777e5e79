package org.example.refine;

import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;
import dev.wsss.api.refine.PseudoLabelRefiner;

/** Named in META-INF/services. */
public final class BoxMeanPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(PseudoLabelRefiner.class, "box-mean", BoxMeanConfig.class, BoxMean.class);
  }
}
