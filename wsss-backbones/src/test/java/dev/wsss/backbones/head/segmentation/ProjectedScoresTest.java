package dev.wsss.backbones.head.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Initialisation;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.ParameterNames;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.testing.SegmentationHeadContract;
import dev.wsss.backbones.head.Pooling;
import dev.wsss.backbones.head.ProjectedHead;
import dev.wsss.backbones.head.ProjectedHeadConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectedScoresTest extends SegmentationHeadContract {

  @Override
  protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
    return new ProjectedScores(new ProjectedScoresConfig(32), classes, Kernels.TUNED);
  }

  @Test
  void itsLayersHaveTheNamesOfTheCamHead() {
    ClassNames classes = new ClassNames(List.of("cat"));
    SegmentationHead head = create(new FeatureLevels(List.of(), new FeatureSpec(3, 8)), classes);
    ProjectedHead cams =
        new ProjectedHead(
            new ProjectedHeadConfig(32, Initialisation.HE_NORMAL, Pooling.GAP, 5, 0.2, 0.5),
            classes,
            Kernels.TUNED);

    assertThat(ParameterNames.of(head.block()).keySet())
        .containsAll(ParameterNames.of(cams.block()).keySet())
        .containsExactly("projection.weight", "classifier.weight", "classifier.bias");
  }
}
