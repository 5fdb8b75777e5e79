package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.metric.Metric;
import dev.wsss.eval.metric.CamMiouConfig;
import dev.wsss.train.plugin.PluginCatalog;
import org.junit.jupiter.api.Test;

class RegisteredMetricsTest {
  @Test
  void areFoundOnTheClassPath() {
    PluginCatalog catalog = PluginCatalog.discover(RegisteredMetricsTest.class.getClassLoader());
    assertThat(catalog.names(Metric.class)).contains("cam-miou", "image-map");
    assertThat(catalog.find(Metric.class, "cam-miou").orElseThrow().config())
        .isEqualTo(CamMiouConfig.class);
  }
}
