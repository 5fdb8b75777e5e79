package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import dev.wsss.eval.data.VocConfig.Labels;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VocDatasetTest extends SegmentationDatasetContract {
  private static final int CAT = 7;
  private static final int COW = 9;
  private static final int DOG = 11;
  private static final int PERSON = 14;

  @TempDir private Path root;
  private VocFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = VocFolder.create(root);
  }

  @Override
  protected SegmentationDataset open() {
    return folder.open(Labels.AUTO);
  }

  @Override
  protected boolean filesMayBeReplaced() {
    return true;
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

  private void annotations() throws IOException {
    folder.annotation("2008_000001", "dog", "dog");
    folder.annotation("2008_000002", "cat", "person");
    folder.annotation("2008_000003", "cow");
  }

  @Test
  void aPictureIsReadFromItsFileAndItsMasks() {
    SegmentationDataset data = open();
    assertThat(data.files(new Example("2008_000001", bits(DOG))))
        .containsExactly(
            root.resolve("JPEGImages/2008_000001.jpg"),
            root.resolve("SegmentationClass/2008_000001.png"));
  }

  @ParameterizedTest
  @EnumSource(Labels.class)
  void everySourceGivesTheSameLabels(Labels source) throws IOException {
    annotations();
    VocDataset data = folder.open(source);
    assertThat(data.splits()).containsExactly("train", "val");
    assertThat(data.examples("train"))
        .containsExactly(
            new Example("2008_000001", bits(DOG)), new Example("2008_000002", bits(CAT, PERSON)));
    assertThat(data.examples("val")).containsExactly(new Example("2008_000003", bits(COW)));
  }

  @Test
  void annotationsComeBeforeTheTableAndTheTableBeforeMasks() throws IOException {
    folder.text(
        "image_labels.csv",
        "id,split,classes\n2008_000001,train,bus\n2008_000002,train,bus\n2008_000003,val,bus\n");
    assertThat(folder.open(Labels.AUTO).examples("train").get(0).labels()).isEqualTo(bits(5));
    annotations();
    assertThat(folder.open(Labels.AUTO).examples("train").get(0).labels()).isEqualTo(bits(DOG));
    Files.delete(root.resolve("image_labels.csv"));
    Files.move(root.resolve("Annotations"), root.resolve("elsewhere"));
    assertThat(folder.open(Labels.AUTO).examples("train").get(0).labels()).isEqualTo(bits(DOG));
  }

  @Test
  void aPictureMayBeInSeveralLists() throws IOException {
    folder.text("ImageSets/Segmentation/trainval.txt", "2008_000003\n2008_000001\n");
    VocDataset data = folder.open(Labels.AUTO);
    assertThat(data.splits()).containsExactly("train", "trainval", "val");
    assertThat(data.examples("trainval").get(1)).isEqualTo(data.examples("train").get(0));
  }

  @Test
  void masksAreOptionalAndKeepTheUncountedBorder() throws IOException {
    Files.delete(root.resolve("SegmentationClass/2008_000001.png"));
    VocDataset data = folder.open(Labels.CSV);
    assertThat(data.mask(data.examples("train").get(0))).isEmpty();
    IndexMask mask = data.mask(data.examples("train").get(1)).orElseThrow();
    assertThat(mask.at(0, 0)).isEqualTo(IndexMask.IGNORE);
    assertThat(mask.at(1, 0)).isEqualTo(CAT + 1);
  }

  @Test
  void picturesMayHaveOtherExtensionsAndStandBehindLinks() throws IOException {
    Path pictures = root.resolve("JPEGImages");
    Files.move(pictures.resolve("2008_000001.jpg"), pictures.resolve("2008_000001.JPG"));
    Files.move(pictures.resolve("2008_000002.jpg"), pictures.resolve("2008_000002.jpeg"));
    Files.delete(pictures.resolve("2008_000003.jpg"));
    TestImages.colour(pictures.resolve("2008_000003.png"), 8, 6, 0);
    Files.move(pictures, root.resolve("elsewhere"));
    Files.createSymbolicLink(pictures, root.resolve("elsewhere"));
    Path lists = root.resolve("ImageSets/Segmentation");
    Files.move(lists, root.resolve("lists"));
    Files.createSymbolicLink(lists, root.resolve("lists"));
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      for (Example example : data.examples(split)) {
        assertThat(data.image(example).width()).isEqualTo(8);
        assertThat(data.mask(example)).isPresent();
      }
    }
  }

  @Test
  void aMaskWrittenUnderItsNameIsReadBack() throws IOException {
    SegmentationDataset data = open();
    Example example = data.examples("train").get(0);
    byte[] indices = new byte[48];
    indices[5] = 12;
    new MaskFile(root.resolve("SegmentationClass").resolve(data.maskName(example)))
        .write(new IndexMask(8, 6, indices));
    assertThat(data.mask(example).orElseThrow().indices()).isEqualTo(indices);
  }
}
