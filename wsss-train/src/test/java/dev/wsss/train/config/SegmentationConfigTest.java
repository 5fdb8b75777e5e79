package dev.wsss.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationConfigTest {
  private static final ClassLoader CLASSES = SegmentationConfigTest.class.getClassLoader();
  private static final ConfigLoader LOADER =
      new ConfigLoader(PluginCatalog.discover(CLASSES), CLASSES);

  private static SegmentationConfig bind(String... assignments) {
    return LOADER.bind(LOADER.load(List.of(assignments)), SegmentationConfig.class);
  }

  @Test
  void aBackboneIsAllThatHasToBeNamed() {
    SegmentationConfig config = bind("network.backbone.type=tiny");

    assertThat(config.network().head().type()).isEqualTo("large-field-of-view");
    assertThat(config.optimiser().rate()).isEqualTo(0.001);
    assertThat(config.optimiser().newLayerRateFactor()).isEqualTo(10);
    assertThat(config.augmentation().crop()).isEqualTo(320);
    assertThat(config.augmentation().longSideMin()).isEqualTo(256);
    assertThat(config.augmentation().longSideMax()).isEqualTo(768);
    assertThat(config.loss()).isEqualTo(SegmentationConfig.Loss.CROSS_ENTROPY);
    assertThat(config.prediction().passes().scales()).containsExactly(0.75, 1.0, 1.25);
    assertThat(config.prediction().pictureSide()).isEqualTo(512);
  }

  @Test
  void whatMakesNoSenseIsToldAtItsPlace() {
    assertThatThrownBy(
            () ->
                bind(
                    "network={backbone: {type: tiny}, head: {type: deeplab-v2, dilations: [0]}}",
                    "prediction.scales=[]",
                    "loss=focal"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            -o loss=focal: loss: found 'focal'; allowed is one of cross-entropy, balanced
            -o network={backbone: {type: tiny}, head: {type: deeplab-v2, dilations: [0]}}: \
            network.head: dilations are [0]; allowed are one or more from 1 to 256
            -o prediction.scales=[]: prediction: scales is empty; name at least one, such as [1]""");
  }
}
