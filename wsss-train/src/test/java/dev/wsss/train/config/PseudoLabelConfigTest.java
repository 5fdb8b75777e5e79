package dev.wsss.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.PseudoLabelConfig.Background;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudoLabelConfigTest {
  private static final ClassLoader CLASSES = PseudoLabelConfigTest.class.getClassLoader();
  private static final ConfigLoader LOADER =
      new ConfigLoader(PluginCatalog.discover(CLASSES), CLASSES);

  @Test
  void withoutKeysItIsTheUsual() {
    assertThat(bind("doubt=0")).isEqualTo(PseudoLabelConfig.USUAL);
    assertThat(bind("background=share").backgroundShare()).isEqualTo(0.75);
    assertThat(bind("background=otsu").background()).isEqualTo(Background.OTSU);
  }

  @Test
  void whatMakesNoSenseIsToldAtItsPlace() {
    assertThatThrownBy(() -> bind("background=shares", "background-share=75"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            -o background-share=75: background-share: found 75; allowed is a number from 0 to 1
            -o background=shares: background: found 'shares'; allowed is one of threshold, power, \
            share, otsu; did you mean 'share'?""");
  }

  private static PseudoLabelConfig bind(String... assignments) {
    return LOADER.bind(LOADER.load(List.of(assignments)), PseudoLabelConfig.class);
  }
}
