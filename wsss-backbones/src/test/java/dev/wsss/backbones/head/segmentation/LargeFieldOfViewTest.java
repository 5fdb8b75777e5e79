package dev.wsss.backbones.head.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.testing.SegmentationHeadContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeFieldOfViewTest extends SegmentationHeadContract {

  @Override
  protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
    return new LargeFieldOfView(new LargeFieldOfViewConfig(32, 12, 0.5), classes, Kernels.TUNED);
  }

  @Test
  void itRunsOnABackboneWithoutLevels() {
    SegmentationHead head =
        create(new FeatureLevels(List.of(), new FeatureSpec(3, 8)), new ClassNames(List.of("cat")));

    assertThat(head.levels()).isEmpty();
    assertThat(ParameterNames.of(head.block()).keySet())
        .containsExactly(
            "conv1.weight",
            "conv1.bias",
            "conv2.weight",
            "conv2.bias",
            "classifier.weight",
            "classifier.bias");
  }
}
