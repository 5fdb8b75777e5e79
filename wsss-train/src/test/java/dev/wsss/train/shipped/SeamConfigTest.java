package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.mam.EquivariantAttention;
import dev.wsss.mam.SeamConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import org.junit.jupiter.api.Test;

final class SeamConfigTest {
  private final PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());

  @Test
  void serviceBringsTheModule() {
    var module = catalog.find(SelfSupervision.class, "seam").orElseThrow();

    assertThat(module.config()).isEqualTo(SeamConfig.class);
    assertThat(module.implementation()).isEqualTo(EquivariantAttention.class);
  }

  @Test
  void defaultsAreThePapersButForCorrelationWithoutLayersOfItsOwn() {
    assertThat(bind("{}")).isEqualTo(new SeamConfig(0.3, 1, 0, 0.2));
  }

  @Test
  void aSecondLookAtTheSameSizeIsAnError() {
    assertThatThrownBy(() -> bind("{scale: 1}"))
        .hasMessage("run.yaml:1:9: scale: found 1; allowed is a number from 0.1 to 0.9");
  }

  @Test
  void nothingToLearnIsAnError() {
    assertThatThrownBy(() -> bind("{equivariance-weight: 0}"))
        .hasMessage(
            "run.yaml:1:1: equivariance-weight and correlation-weight are both 0, so that nothing"
                + " is learned; raise one, or leave the slot out");
  }

  private SeamConfig bind(String yaml) {
    return new ConfigLoader(catalog, getClass().getClassLoader())
        .bind(ConfigTree.parse(yaml, "run.yaml"), SeamConfig.class);
  }
}
