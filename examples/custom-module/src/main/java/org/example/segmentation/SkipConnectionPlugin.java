package org.example.segmentation;

import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class SkipConnectionPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(
        SegmentationHead.class, "skip-connection", SkipConnectionConfig.class, SkipConnection.class);
  }
}
