package dev.wsss.train.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.wsss.api.config.Choice;
import dev.wsss.api.config.ConfigException;
import dev.wsss.api.config.Doc;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.augment.AugmentationConfig;
import dev.wsss.eval.coco.CrowdLabels;
import dev.wsss.eval.coco.CrowdMasks;
import dev.wsss.eval.data.CocoConfig;
import dev.wsss.eval.data.FolderConfig;
import dev.wsss.eval.data.Unlabelled;
import dev.wsss.eval.data.VocConfig;
import dev.wsss.eval.data.synthetic.SyntheticConfig;
import dev.wsss.eval.image.PictureFile;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvalPluginTest {
  private static final ClassLoader LOADER = EvalPluginTest.class.getClassLoader();

  /** What of a run concerns pictures. */
  record Pictures(
      @Doc("Data set.") Choice<SegmentationDataset> data,
      @Doc("Variation.") AugmentationConfig augmentation) {}

  private static Pictures bind(String yaml) {
    return new ConfigLoader(PluginCatalog.discover(LOADER), LOADER)
        .bind(ConfigTree.parse(yaml, "test.yaml"), Pictures.class);
  }

  @Test
  void theServicesLineBringsTheDataSets() {
    assertThat(PluginCatalog.discover(LOADER).names(SegmentationDataset.class))
        .containsExactly("coco", "folder", "synthetic", "voc");
  }

  @Test
  void syntheticPicturesNeedNoKey() {
    assertThat(bind("data: {type: synthetic}").data().config())
        .isEqualTo(new SyntheticConfig(5, 480, 160, 64, 3, 0.65, 0.055, 0.1, 1));
  }

  @Test
  void theAuthorsAugmentationIsTheDefault() {
    assertThat(bind("data: {type: synthetic}").augmentation())
        .isEqualTo(new AugmentationConfig(256, 512, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 192, 512));
  }

  @Test
  void foldersNeedTheirRootOnly() {
    VocConfig voc = (VocConfig) bind("data: {type: voc, root: /data/VOC2012}").data().config();
    assertThat(voc.root()).hasToString("/data/VOC2012");
    assertThat(voc.labels()).isEqualTo(VocConfig.Labels.AUTO);
    assertThat(voc.unlabelled()).isEqualTo(Unlabelled.FAIL);
    FolderConfig folder =
        (FolderConfig)
            bind("data: {type: folder, root: /data/steel, unlabelled: keep}").data().config();
    assertThat(folder.unlabelled()).isEqualTo(Unlabelled.KEEP);
    assertThat(folder.maskValues()).isEmpty();
    assertThat(folder.maxPixels()).isEqualTo(PictureFile.MAX_PIXELS);
  }

  @Test
  void cocoNeedsItsRootOnlyAndTakesSplitsByName() {
    CocoConfig usual = (CocoConfig) bind("data: {type: coco, root: /data/coco}").data().config();
    assertThat(usual)
        .isEqualTo(
            new CocoConfig(
                Path.of("/data/coco"),
                Map.of(),
                CocoConfig.Labels.INSTANCES,
                CrowdLabels.COUNT,
                CrowdMasks.IGNORE,
                CocoConfig.Unlabelled.LEAVE_OUT,
                Optional.empty(),
                PictureFile.MAX_PIXELS));
    CocoConfig named =
        (CocoConfig)
            bind("""
                    data:
                      type: coco
                      root: /data/coco
                      splits: {mine: {annotations: annotations/a.json, images: b}}
                      crowd-masks: class
                    """)
                .data()
                .config();
    assertThat(named.splits())
        .containsExactly(entry("mine", new CocoConfig.Split("annotations/a.json", "b")));
    assertThat(named.crowdMasks()).isEqualTo(CrowdMasks.CLASS);
  }

  @Test
  void aSplitOfCocoNeedsAnnotationsAndPictures() {
    assertThatThrownBy(
            () -> bind("data: {type: coco, root: /data, splits: {train: {images: train2014}}}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "test.yaml:1:49: data.splits.train.annotations: missing; required is text: File of"
                + " instances below root, such as annotations/instances_train2014.json.");
  }

  @Test
  void valuesOfMasksAreNumbersOrNames() {
    FolderConfig folder =
        (FolderConfig)
            bind("data: {type: folder, root: /data, mask-values: {0: 0, 128: ignore, 255: dent}}")
                .data()
                .config();
    assertThat(folder.maskValues())
        .containsExactly(entry("0", "0"), entry("128", "ignore"), entry("255", "dent"));
  }

  @Test
  void noOneWaitsForAHundredMillionPictures() {
    assertThatThrownBy(() -> bind("data: {type: synthetic, train: 100000000}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "test.yaml:1:32: data.train: found 100000000; allowed is a whole number from 1 to"
                + " 100000 (images)");
  }

  @Test
  void longSidesThatContradictEachOtherAreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> bind("data: {type: synthetic}\naugmentation: {long-side-min: 600}"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "test.yaml:2:15: augmentation: long-side-min is 600, above long-side-max, which is 512");
  }
}
