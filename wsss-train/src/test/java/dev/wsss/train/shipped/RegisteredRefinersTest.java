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
}
