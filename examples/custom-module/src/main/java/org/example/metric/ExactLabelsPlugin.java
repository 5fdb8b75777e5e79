package org.example.metric;

import dev.wsss.api.metric.Metric;
import dev.wsss.api.plugin.Registry;
import dev.wsss.api.plugin.WsssPlugin;

/** Named in META-INF/services. */
public final class ExactLabelsPlugin implements WsssPlugin {

  @Override
  public void register(Registry registry) {
    registry.add(Metric.class, "exact-labels", ExactLabelsConfig.class, ExactLabels.class);
  }
}
