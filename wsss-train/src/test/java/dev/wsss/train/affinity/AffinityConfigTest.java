package dev.wsss.train.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.eval.refine.CrfPreset;
import dev.wsss.eval.refine.walk.RandomWalkConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityConfigTest {

  private static AffinityConfig bind(String... assignments) {
    ClassLoader classes = AffinityConfigTest.class.getClassLoader();
    ConfigLoader loader = new ConfigLoader(PluginCatalog.discover(classes), classes);
    return loader.bind(loader.load(List.of(assignments)), AffinityConfig.class);
  }

  @Test
  void whatIsNotSaidIsAsInThePaper() {
    AffinityConfig config = bind("backbone=tiny");
    assertThat(config.channels()).containsExactly(64, 128, 256);
    assertThat(config.stride()).isEqualTo(8);
    assertThat(config.alphaLow()).isEqualTo(4);
    assertThat(config.alphaHigh()).isEqualTo(32);
    assertThat(config.crf().preset()).isEqualTo(CrfPreset.CAM);
    assertThat(config.walk()).isEqualTo(RandomWalkConfig.USUAL);
    assertThat(config.training().epochs()).isEqualTo(8);
    assertThat(config.optimiser().module().type()).isEqualTo("sgd");
  }

  @Test
  void keysAreTheirOwn() {
    AffinityConfig config =
        bind("backbone=tiny", "channels=[8, 16]", "walk.logt=6", "training.epochs=2");
    assertThat(config.channels()).containsExactly(8, 16);
    assertThat(config.walk()).isEqualTo(new RandomWalkConfig(5, 8, 6, 16));
    assertThat(config.training().epochs()).isEqualTo(2);
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> bind("backbone=tiny", "alpha-low=24", "alpha-high=4"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("-o alpha-high=4: alpha-low is 24.0, not below alpha-high, which is 4.0");
    assertThatThrownBy(() -> bind("backbone=tiny", "channels=[]"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("-o channels=[]: channels is empty; it names those of the output at least");
  }
}
