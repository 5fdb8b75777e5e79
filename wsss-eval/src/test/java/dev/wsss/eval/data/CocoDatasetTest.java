package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.HugePng;
import dev.wsss.api.testing.SegmentationDatasetContract;
import dev.wsss.eval.coco.CocoFiles;
import dev.wsss.eval.coco.CrowdLabels;
import dev.wsss.eval.coco.CrowdMasks;
import dev.wsss.eval.data.CocoConfig.Labels;
import dev.wsss.eval.data.CocoConfig.Split;
import dev.wsss.eval.data.CocoConfig.Unlabelled;
import dev.wsss.eval.image.MaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoDatasetTest extends SegmentationDatasetContract {
  private static final Split TRAIN = new Split("annotations/instances_train2014.json", "train2014");

  @TempDir private Path root;
  private CocoFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = CocoFolder.create(root);
  }

  @Override
  protected SegmentationDataset open() {
    return folder.open();
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return true;
  }

  private static BitSet bits(int... classes) {
    BitSet bits = new BitSet();
    for (int k : classes) {
      bits.set(k);
    }
    return bits;
  }

  private static String row(IndexMask mask, int y) {
    StringBuilder row = new StringBuilder();
    for (int x = 0; x < mask.width(); x++) {
      row.append(mask.at(x, y));
    }
    return row.toString();
  }

  @Test
  void classesLabelsAndNamesAreThoseOfTheFile() {
    SegmentationDataset data = open();
    assertThat(data.classes().foreground()).containsExactly("person", "car", "toothbrush");
    assertThat(data.splits()).containsExactly("train", "val");
    assertThat(data.examples("train"))
        .containsExactly(
            new Example("COCO_train2014_000000000009", bits(0, 1)),
            new Example("COCO_train2014_000000000025", bits(2)));
    assertThat(data.examples("val"))
        .containsExactly(new Example("COCO_val2014_000000000042", bits(1)));
  }

  @Test
  void masksHaveTheSmallerObjectOnTop() throws BadImageException {
    SegmentationDataset data = open();
    IndexMask mask = data.mask(data.examples("train").get(0)).orElseThrow();
    assertThat(List.of(row(mask, 0), row(mask, 1), row(mask, 2), row(mask, 4), row(mask, 5)))
        .containsExactly("00000000", "02222200", "02112200", "02222200", "00000000");
    IndexMask runs = data.mask(data.examples("train").get(1)).orElseThrow();
    assertThat(List.of(row(runs, 1), row(runs, 3), row(runs, 4)))
        .containsExactly("03000000", "03000000", "00000000");
  }

  @Test
  void aPictureIsReadFromItsFileAndTheAnnotations() {
    SegmentationDataset data = open();
    assertThat(data.files(data.examples("val").get(0)))
        .containsExactly(
            root.resolve("val2014/COCO_val2014_000000000042.jpg"),
            root.resolve("annotations/instances_val2014.json"));
  }

  @Test
  void picturesWithoutALabelBelongToItWhereTheyAreToBeKept() throws BadImageException {
    SegmentationDataset data =
        new CocoDataset(
            folder.config(Map.of(), Labels.INSTANCES, Unlabelled.KEEP, Optional.empty()));
    assertThat(data.examples("train")).hasSize(3);
    Example last = data.examples("train").get(2);
    assertThat(last.labels().isEmpty()).isTrue();
    assertThat(data.mask(last).orElseThrow().indices()).containsOnly(0);
  }

  @Test
  void anotherYearAndOneMoreFolderOfPicturesAreFound() throws IOException {
    for (String split : List.of("train", "val")) {
      Files.createDirectories(root.resolve("images"));
      Files.move(root.resolve(split + "2014"), root.resolve("images/" + split + "2017"));
      Files.move(
          root.resolve("annotations/instances_" + split + "2014.json"),
          root.resolve("annotations/instances_" + split + "2017.json"));
    }
    folder.text("annotations/person_keypoints_train2014.json", "{}");
    SegmentationDataset data = open();
    assertThat(data.splits()).containsExactly("train", "val");
    assertThat(data.image(data.examples("val").get(0)).width()).isEqualTo(8);
    Files.delete(root.resolve("annotations/instances_train2017.json"));
    assertThat(open().splits()).containsExactly("val");
  }

  @Test
  void splitsMayBeNamedAndShareTheirPictures() throws IOException {
    folder.instances(
        "annotations/first.json",
        CocoFolder.images("COCO_train2014_", 25),
        CocoFolder.annotation(25, 1, "[[0,0,1,0,1,1,0,1]]"));
    SegmentationDataset data =
        new CocoDataset(
            folder.config(
                Map.of("all", TRAIN, "first", new Split("annotations/first.json", "train2014")),
                Labels.INSTANCES,
                Unlabelled.LEAVE_OUT,
                Optional.empty()));
    assertThat(data.splits()).containsExactlyInAnyOrder("all", "first");
    assertThat(data.examples("first"))
        .containsExactly(new Example("COCO_train2014_000000000025", bits(0)));
  }

  @Test
  void labelsMayComeFromATable() throws IOException {
    folder.text(
        "labels.csv",
        """
        image,split,labels
        COCO_train2014_000000000009.jpg,train,toothbrush;car
        COCO_train2014_000000000030.jpg,train,person
        COCO_val2014_000000000042.jpg,val,car
        """);
    SegmentationDataset data =
        new CocoDataset(
            folder.config(Map.of(), Labels.CSV, Unlabelled.LEAVE_OUT, Optional.empty()));
    assertThat(data.examples("train"))
        .containsExactly(
            new Example("COCO_train2014_000000000009", bits(1, 2)),
            new Example("COCO_train2014_000000000030", bits(0)));
  }

  @Test
  void crowdsGiveLabelsUnlessTheyAreToBeLeftOut() throws IOException {
    folder.instances(
        "annotations/instances_val2014.json",
        CocoFolder.images("COCO_val2014_", 42),
        CocoFolder.annotation(42, 3, "[[0,0,4,0,4,6,0,6]]"),
        CocoFolder.annotation(42, 1, "{\"size\": [6, 8], \"counts\": [0, 48]}")
            .replace("\"iscrowd\": 0", "\"iscrowd\": 1"));
    SegmentationDataset usual = open();
    Example example = usual.examples("val").get(0);
    assertThat(example.labels()).isEqualTo(bits(0, 1));
    assertThat(row(usual.mask(example).orElseThrow(), 0)).isEqualTo("2222255255255255");
    SegmentationDataset others =
        new CocoDataset(
            new CocoConfig(
                root,
                Map.of(),
                Labels.INSTANCES,
                CrowdLabels.LEAVE_OUT,
                CrowdMasks.CLASS,
                Unlabelled.LEAVE_OUT,
                Optional.empty(),
                1_000_000));
    assertThat(others.examples("val").get(0).labels()).isEqualTo(bits(1));
    assertThat(row(others.mask(example).orElseThrow(), 0)).isEqualTo("22221111");
  }

  @Test
  void aMaskWrittenUnderItsNameIsReadBack() throws IOException {
    CocoConfig config =
        folder.config(Map.of(), Labels.INSTANCES, Unlabelled.LEAVE_OUT, Optional.of("masks"));
    Files.createDirectories(root.resolve("masks"));
    SegmentationDataset data = new CocoDataset(config);
    Example example = data.examples("val").get(0);
    assertThat(data.mask(example)).isEmpty();
    byte[] indices = new byte[48];
    indices[5] = 3;
    Path file = root.resolve("masks").resolve(data.maskName(example));
    new MaskFile(file).write(new IndexMask(8, 6, indices));
    assertThat(data.mask(example).orElseThrow().indices()).isEqualTo(indices);
    assertThat(data.files(example)).contains(file);
  }

  /** What a pipeline writes with {@code pseudo-labels.coco: true} is a file of annotations. */
  @Test
  void ourOwnRunLengthsAreADataSetToo() throws IOException {
    SegmentationDataset exact = open();
    Path masks = Files.createDirectories(root.resolve("masks"));
    for (Example example : exact.examples("train")) {
      new MaskFile(masks.resolve(exact.maskName(example))).write(exact.mask(example).orElseThrow());
    }
    CocoFiles.write(
        root.resolve("annotations"),
        exact.classes(),
        exact.examples("train").stream()
            .map(
                example ->
                    new CocoFiles.Picture(
                        example.id() + ".jpg", masks.resolve(exact.maskName(example))))
            .toList());
    SegmentationDataset written =
        new CocoDataset(
            new CocoConfig(
                root,
                Map.of("train", new Split("annotations/coco-rle.json", "train2014")),
                Labels.INSTANCES,
                CrowdLabels.COUNT,
                CrowdMasks.CLASS,
                Unlabelled.LEAVE_OUT,
                Optional.empty(),
                1_000_000));
    assertThat(written.classes()).isEqualTo(exact.classes());
    assertThat(written.examples("train")).isEqualTo(exact.examples("train"));
    for (Example example : written.examples("train")) {
      assertThat(written.mask(example).orElseThrow().indices())
          .isEqualTo(exact.mask(example).orElseThrow().indices());
    }
  }

  @Test
  void picturesMayStandBehindLinks() throws IOException {
    Files.move(root.resolve("val2014"), root.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("val2014"), root.resolve("elsewhere"));
    SegmentationDataset data = open();
    Example example = data.examples("val").get(0);
    assertThat(data.image(example).width()).isEqualTo(8);
    assertThat(data.mask(example)).isPresent();
  }

  @Test
  void nothingIsMadeForAPictureThatIsTooLarge() throws IOException {
    SegmentationDataset data = open();
    Example example = data.examples("val").get(0);
    Path picture = data.files(example).get(0);
    Files.write(picture, HugePng.ofSize(30_000, 30_000));
    assertThatThrownBy(() -> data.image(example))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("30000×30000");
    assertThatThrownBy(() -> data.mask(example))
        .isInstanceOf(BadImageException.class)
        .hasMessageContaining("30000×30000");
  }
}
