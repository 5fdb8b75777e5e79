package dev.wsss.backbones.head.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.network.FeatureLevels;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.Kernels;
import dev.wsss.api.network.SegmentationHead;
import dev.wsss.api.testing.SegmentationHeadContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepLabV3PlusTest extends SegmentationHeadContract {
  private static final FeatureSpec OUTPUT = new FeatureSpec(3, 16);

  @Override
  protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
    return head(features, classes, Normalisation.NONE);
  }

  private static SegmentationHead head(
      FeatureLevels features, ClassNames classes, Normalisation normalisation) {
    return new DeepLabV3Plus(
        new DeepLabV3PlusConfig(List.of(6, 12), 16, 8, normalisation),
        features,
        classes,
        Kernels.TUNED);
  }

  @Test
  void itLooksAtTheFeaturesAtStrideFour() {
    FeatureLevels features =
        new FeatureLevels(
            List.of(new FeatureSpec(3, 2), new FeatureSpec(3, 4), new FeatureSpec(3, 4)), OUTPUT);

    assertThat(create(features, new ClassNames(List.of("cat"))).levels()).containsExactly(1);
  }

  @Test
  void aBackboneWithoutThemIsRefused() {
    ClassNames classes = new ClassNames(List.of("cat"));
    FeatureLevels none = new FeatureLevels(List.of(), OUTPUT);
    FeatureLevels others =
        new FeatureLevels(List.of(new FeatureSpec(3, 2), new FeatureSpec(3, 8)), OUTPUT);

    assertThatThrownBy(() -> create(none, classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "deeplab-v3-plus needs features of the backbone at stride 4, and this one shows none on"
                + " the way; choose another backbone, or a head that looks at the output alone,"
                + " such as deeplab-v2");
    assertThatThrownBy(() -> create(others, classes))
        .hasMessage(
            "deeplab-v3-plus needs features of the backbone at stride 4, and this one shows those"
                + " at strides [2, 8]; choose another backbone, or a head that looks at the output"
                + " alone, such as deeplab-v2");
  }

  /** The same head with batch norm, whose images depend on each other. */
  static class WithBatchNormTest extends SegmentationHeadContract {

    @Override
    protected SegmentationHead create(FeatureLevels features, ClassNames classes) {
      return head(features, classes, Normalisation.BATCH);
    }

    @Test
    void itsImagesAreNotIndependent() {
      assertThat(
              create(
                      new FeatureLevels(List.of(new FeatureSpec(3, 4)), OUTPUT),
                      new ClassNames(List.of("cat")))
                  .imagesAreIndependent())
          .isFalse();
    }
  }
}
