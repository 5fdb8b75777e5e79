package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.rcm.RcmConfig;
import dev.wsss.rcm.RcmConfig.EmptyMaps;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import dev.wsss.rcm.RcmConfig.ThresholdRule;
import dev.wsss.rcm.RegionalContrast;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RcmConfigTest {
  private final PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());

  @Test
  void serviceBringsTheModule() {
    var module = catalog.find(SelfSupervision.class, "rcm").orElseThrow();

    assertThat(module.config()).isEqualTo(RcmConfig.class);
    assertThat(module.implementation()).isEqualTo(RegionalContrast.class);
  }

  @Test
  void defaultsAreTheAuthors() {
    assertThat(bind("{}"))
        .isEqualTo(
            new RcmConfig(
                0.3,
                ThresholdRule.FIXED,
                0.75,
                List.of(0.0, 0.0),
                2.0,
                PrototypePooling.LEAVE_ONE_OUT,
                32,
                EmptyMaps.BACKGROUND,
                List.of(0.5, 1.0, 2.0),
                0));
  }

  @Test
  void noScaleIsAnError() {
    assertThatThrownBy(() -> bind("{teacher-scales: []}"))
        .hasMessage("run.yaml:1:1: teacher-scales is empty; give at least one, e.g. [1]");
  }

  @Test
  void aBandNeedsTwoValues() {
    assertThatThrownBy(() -> bind("{ignore: [0.1]}"))
        .hasMessage(
            "run.yaml:1:1: ignore has 1 values; give two, below and above, e.g. [0.1, 0.1]");
  }

  @Test
  void repeatedScalesAreAnError() {
    assertThatThrownBy(() -> bind("{teacher-scales: [1, 2, 1]}"))
        .hasMessage("run.yaml:1:1: teacher-scales repeats a scale: [1.0, 2.0, 1.0]");
  }

  @Test
  void leaveOneOutNeedsAnotherImage() {
    assertThatThrownBy(
            () -> new RegionalContrast(bind("{}"), FakeBatch.classes(3), new TrainingShape(1, 192)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "prototype-pooling is leave-one-out, which averages over the other images of a batch,"
                + " but training.batch is 1; choose prototype-pooling batch or memory, or a batch"
                + " of at least 2");
  }

  @Test
  void otherPoolingsTakeABatchOfOne() {
    RcmConfig config = bind("{prototype-pooling: memory, teacher-scales: [2]}");
    var rcm = new RegionalContrast(config, FakeBatch.classes(3), new TrainingShape(1, 192));

    assertThat(rcm.needs().teacherScales()).as("prototypes need scale 1").containsExactly(1.0, 2.0);
    assertThat(rcm.needs().studentScales()).containsExactly(1.0);
  }

  private RcmConfig bind(String yaml) {
    return new ConfigLoader(catalog, getClass().getClassLoader())
        .bind(ConfigTree.parse(yaml, "run.yaml"), RcmConfig.class);
  }
}
