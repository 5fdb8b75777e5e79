package org.example.dataset;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class NamedFilesPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(SegmentationDataset.class, "named-files", NamedFilesConfig.class, NamedFiles.class);
  }
}
