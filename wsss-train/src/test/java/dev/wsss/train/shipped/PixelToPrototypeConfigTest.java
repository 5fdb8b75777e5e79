package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.rcm.PixelToPrototype;
import dev.wsss.rcm.PixelToPrototypeConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import org.junit.jupiter.api.Test;

final class PixelToPrototypeConfigTest {
  private final PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());

  @Test
  void serviceBringsTheModule() {
    var module = catalog.find(SelfSupervision.class, "pixel-to-prototype").orElseThrow();

    assertThat(module.config()).isEqualTo(PixelToPrototypeConfig.class);
    assertThat(module.implementation()).isEqualTo(PixelToPrototype.class);
  }

  @Test
  void defaultsAreThePapersAndTheAuthors() {
    assertThat(bind("{}")).isEqualTo(new PixelToPrototypeConfig(0.5, 0.2, 32, 10, 1, 1, 0, 128));
  }

  @Test
  void aPrototypeOfNoPixelsIsAnError() {
    assertThatThrownBy(() -> bind("{pixels: 0}"))
        .hasMessage(
            "run.yaml:1:10: pixels: found 0; allowed is a whole number of at least 1 (pixels)");
  }

  @Test
  void nothingToLearnIsAnError() {
    assertThatThrownBy(() -> bind("{cross-prototype-weight: 0, cross-cam-weight: 0}"))
        .hasMessage(
            "run.yaml:1:1: cross-prototype-weight, cross-cam-weight and intra-view-weight are all"
                + " 0, so that nothing is learned; raise one, or leave the slot out");
  }

  private PixelToPrototypeConfig bind(String yaml) {
    return new ConfigLoader(catalog, getClass().getClassLoader())
        .bind(ConfigTree.parse(yaml, "run.yaml"), PixelToPrototypeConfig.class);
  }
}
