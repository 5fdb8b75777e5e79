package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.mam.MamConfig;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Normalise;
import dev.wsss.mam.MultiScaleAttention;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MamConfigTest {
  private static final List<Double> THREE = List.of(0.5, 1.0, 2.0);

  private final PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());

  @Test
  void serviceBringsTheModule() {
    var module = catalog.find(SelfSupervision.class, "mam").orElseThrow();

    assertThat(module.config()).isEqualTo(MamConfig.class);
    assertThat(module.implementation()).isEqualTo(MultiScaleAttention.class);
  }

  @Test
  void defaultsAreThePapersAndTheAuthors() {
    assertThat(bind("{}"))
        .isEqualTo(new MamConfig(THREE, THREE, Attention.TWO_MINUS_COSINE, 0.1, Normalise.NONE));
  }

  @Test
  void needsAreTheConfiguredScales() {
    MamConfig config = bind("{student-scales: [2], teacher-scales: [0.5, 1], attention: softmax}");

    assertThat(new MultiScaleAttention(config).needs())
        .isEqualTo(new Needs(List.of(2.0), List.of(0.5, 1.0), Needs.Coupling.INDEPENDENT));
  }

  @Test
  void noScaleIsAnError() {
    assertThatThrownBy(() -> bind("{student-scales: []}"))
        .hasMessage("run.yaml:1:1: student-scales is empty; give at least one, e.g. [1]");
  }

  @Test
  void repeatedScalesAreAnError() {
    assertThatThrownBy(() -> bind("{teacher-scales: [1, 1]}"))
        .hasMessage("run.yaml:1:1: teacher-scales repeats a scale: [1.0, 1.0]");
  }

  private MamConfig bind(String yaml) {
    return new ConfigLoader(catalog, getClass().getClassLoader())
        .bind(ConfigTree.parse(yaml, "run.yaml"), MamConfig.class);
  }
}
