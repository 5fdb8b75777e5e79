package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.mam.MamConfig;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Distance;
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
        .isEqualTo(
            new MamConfig(
                THREE,
                THREE,
                Attention.TWO_MINUS_COSINE,
                0.1,
                Normalise.NONE,
                Distance.L1,
                0.1,
                1));
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

  @Test
  void valuesThatAreNotAllowedAreNamedWithThoseThatAre() {
    assertThatThrownBy(
            () -> bind("{normalise: constnt-max, distance: smooth, beta: 0, batch-share: 0}"))
        .hasMessage(
            """
            run.yaml:1:13: normalise: found 'constnt-max'; allowed is one of none, max, \
            constant-max; did you mean 'constant-max'?
            run.yaml:1:36: distance: found 'smooth'; allowed is one of l1, smooth-l1; did you mean \
            'smooth-l1'?
            run.yaml:1:50: beta: found 0; allowed is a number of at least 0.001
            run.yaml:1:66: batch-share: found 0; allowed is a number from 0.01 to 1\
            """);
  }

  private MamConfig bind(String yaml) {
    return new ConfigLoader(catalog, getClass().getClassLoader())
        .bind(ConfigTree.parse(yaml, "run.yaml"), MamConfig.class);
  }
}
