package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.train.config.binding.Explain;
import dev.wsss.train.plugin.PluginCatalog;
import org.junit.jupiter.api.Test;

class RegisteredRefinersTest {
  private final PluginCatalog catalog =
      PluginCatalog.discover(RegisteredRefinersTest.class.getClassLoader());

  @Test
  void theCrfIsRegisteredAndExplained() {
    assertThat(Explain.modules(catalog))
        .containsPattern("PseudoLabelRefiner +dense-crf +Dense CRF");
    assertThat(Explain.module(catalog.find(PseudoLabelRefiner.class, "dense-crf").orElseThrow()))
        .contains("preset")
        .contains("one of cam, irn-label, segmentation, large")
        .contains("bilateral-srgb");
  }

  @Test
  void theOthersAreRegisteredAndExplained() {
    assertThat(Explain.modules(catalog))
        .containsPattern("PseudoLabelRefiner +pixel-adaptive +Pixel-adaptive")
        .containsPattern("PseudoLabelRefiner +external-masks +External masks");
    assertThat(
            Explain.module(catalog.find(PseudoLabelRefiner.class, "pixel-adaptive").orElseThrow()))
        .contains("dilations", "[1, 2, 4, 8, 12, 24]", "deviation-factor", "one of pamr, par");
    assertThat(
            Explain.module(catalog.find(PseudoLabelRefiner.class, "external-masks").orElseThrow()))
        .contains("folder", "blend", "minimum-score");
  }
}
