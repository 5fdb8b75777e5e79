package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.data.VocConfig.Labels;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of data sets that do not hold together. */
class VocDatasetErrorsTest {
  @TempDir private Path root;
  private VocFolder folder;
  private Path train;

  @BeforeEach
  void create() throws IOException {
    folder = VocFolder.create(root);
    train = root.resolve("ImageSets/Segmentation/train.txt");
  }

  private void annotations() throws IOException {
    folder.annotation("2008_000001", "dog", "dog");
    folder.annotation("2008_000002", "cat", "person");
    folder.annotation("2008_000003", "cow");
  }

  private void assertRefused(ThrowingCallable opening, String... problems) {
    assertThatThrownBy(opening)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the data set in " + root + " cannot be used:\n  " + String.join("\n  ", problems));
  }

  @Test
  void aMissingFolderIsNamedWithWhatIsExpected() {
    Path nowhere = root.resolve("nowhere");
    assertThatThrownBy(
            () ->
                new VocDataset(
                    new VocConfig(nowhere, Labels.AUTO, Unlabelled.FAIL, Map.of(), 1_000_000)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no folder "
                + nowhere
                + " (key data.root); expected is a folder with JPEGImages/,"
                + " ImageSets/Segmentation/*.txt and, for scoring, SegmentationClass/");
  }

  @Test
  void aRootOneFolderTooHighIsNoticed() throws IOException {
    Path kit = root.resolve("VOCdevkit");
    Path inner = VocFolder.create(kit.resolve("VOC2012")).root();
    assertThatThrownBy(
            () ->
                new VocDataset(
                    new VocConfig(kit, Labels.AUTO, Unlabelled.FAIL, Map.of(), 1_000_000)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no JPEGImages in "
                + kit
                + " (key data.root); expected is a folder with JPEGImages/,"
                + " ImageSets/Segmentation/*.txt and, for scoring, SegmentationClass/; did you mean "
                + inner
                + "?");
  }

  @Test
  void aFolderWithoutLabelsIsRefused() throws IOException {
    Files.delete(root.resolve("image_labels.csv"));
    Files.move(root.resolve("SegmentationClass"), root.resolve("elsewhere"));
    assertThatThrownBy(() -> folder.open(Labels.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no image-level labels in "
                + root
                + " (key data.labels); expected is Annotations/ID.xml, image_labels.csv or"
                + " SegmentationClass/ID.png");
    assertThatThrownBy(() -> folder.open(Labels.XML))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no Annotations in "
                + root
                + " (key data.root); expected is a folder with JPEGImages/,"
                + " ImageSets/Segmentation/*.txt and, for scoring, SegmentationClass/");
  }

  @Test
  void aFolderWithoutListsIsRefused() throws IOException {
    Files.delete(train);
    Files.delete(root.resolve("ImageSets/Segmentation/val.txt"));
    assertRefused(
        () -> folder.open(Labels.AUTO),
        root.resolve("ImageSets/Segmentation") + ": no list of pictures, for example train.txt");
  }

  @Test
  void aListThatNamesAMissingPictureSaysWhereAndWhichIsNearest() throws IOException {
    folder.text("ImageSets/Segmentation/train.txt", "2008_000001\n\n2008_000004\nsomething-else\n");
    assertRefused(
        () -> folder.open(Labels.AUTO),
        train
            + ":3: no picture '2008_000004' (JPEGImages/2008_000004.jpg); did you mean"
            + " '2008_000001'?",
        train + ":4: no picture 'something-else' (JPEGImages/something-else.jpg)");
  }

  @Test
  void aPictureListedTwiceIsRefused() throws IOException {
    folder.text("ImageSets/Segmentation/train.txt", "2008_000001\n2008_000002\n2008_000001\n");
    assertRefused(
        () -> folder.open(Labels.AUTO),
        train + ":3: picture '2008_000001' is listed already in line 1");
  }

  @Test
  void aPictureWithoutALabelIsRefusedUnlessItIsKept() throws IOException {
    annotations();
    folder.annotation("2008_000001");
    folder.text("image_labels.csv", "id,split,classes\n2008_000002,train,cat\n2008_000003,val,\n");
    assertRefused(
        () -> folder.open(Labels.XML),
        train
            + ":1: picture '2008_000001' has no label in "
            + root.resolve("Annotations/2008_000001.xml")
            + "; 'unlabelled: keep' takes it as background");
    assertRefused(
        () -> folder.open(Labels.CSV),
        train
            + ":1: picture '2008_000001' has no label in "
            + root.resolve("image_labels.csv")
            + "; 'unlabelled: keep' takes it as background",
        root.resolve("ImageSets/Segmentation/val.txt")
            + ":1: picture '2008_000003' has no label in "
            + root.resolve("image_labels.csv")
            + "; 'unlabelled: keep' takes it as background");
    VocDataset kept =
        new VocDataset(new VocConfig(root, Labels.CSV, Unlabelled.KEEP, Map.of(), 1_000_000));
    assertThat(kept.examples("train").get(0).labels()).isEqualTo(new BitSet());
  }

  private static final String CLASSES =
      "aeroplane, bicycle, bird, boat, bottle, bus, car, cat, chair, cow, diningtable, dog, horse,"
          + " motorbike, person, pottedplant, sheep, sofa, train, tvmonitor";

  @Test
  void aLabelThatIsNoClassIsRefusedWithItsPlace() throws IOException {
    annotations();
    folder.annotation("2008_000002", "cat", "persn");
    assertRefused(
        () -> folder.open(Labels.XML),
        root.resolve("Annotations/2008_000002.xml")
            + ":8: 'persn' is no class; did you mean 'person'?",
        "classes are " + CLASSES);
    folder.text(
        "image_labels.csv",
        "id,split,classes\n2008_000001,train,dog;kat\n2008_000002,train,cat\n2008_000003,val,xylophone\n");
    Path table = root.resolve("image_labels.csv");
    assertRefused(
        () -> folder.open(Labels.CSV),
        table + ":2: 'kat' is no class; did you mean 'cat'?",
        table + ":4: 'xylophone' is no class",
        "classes are " + CLASSES);
  }

  @Test
  void aBrokenAnnotationIsNamed() throws IOException {
    annotations();
    Path file = folder.text("Annotations/2008_000001.xml", "<annotation><object>");
    assertRefused(
        () -> folder.open(Labels.XML),
        file
            + ":1: cannot be read from here on; expected is XML with a class as text in every"
            + " annotation/object/name");
  }

  @Test
  void anAnnotationOpensNoOtherFile() throws IOException {
    annotations();
    Path secret = folder.text("secret.txt", "dog");
    Path file =
        folder.text(
            "Annotations/2008_000001.xml",
            "<!DOCTYPE annotation [<!ENTITY x SYSTEM \""
                + secret.toUri()
                + "\">]>\n"
                + "<annotation><object><name>&x;</name></object></annotation>");
    assertRefused(
        () -> folder.open(Labels.XML),
        file
            + ":2: cannot be read from here on; expected is XML with a class as text in every"
            + " annotation/object/name");
  }

  @Test
  void aTableWithAnotherHeaderOrMoreColumnsIsRefused() throws IOException {
    Path table = folder.text("image_labels.csv", "name,classes\n2008_000001,dog\n");
    assertRefused(
        () -> folder.open(Labels.CSV),
        table + ":1: the columns are 'name,classes'; expected are at least id, split, classes");
    folder.text(
        "image_labels.csv",
        "id,split,classes\n2008_000001,train,dog,cat\n2008_000002,train,cat\n2008_000003,val,cow\n");
    assertRefused(
        () -> folder.open(Labels.CSV),
        table
            + ":2: 4 columns; expected are 3: id,split,classes; a list with commas stands in"
            + " quotes: 2008_000001,train,\"dog,cat\"");
  }

  @Test
  void moreThanTenProblemsAreCounted() throws IOException {
    Path val = folder.text("ImageSets/Segmentation/val.txt", "x\n".repeat(12));
    List<String> problems = new ArrayList<>();
    problems.add(val + ":1: no picture 'x' (JPEGImages/x.jpg)");
    for (int line = 2; line <= 10; line++) {
      problems.add(val + ":" + line + ": picture 'x' is listed already in line 1");
    }
    problems.add("and 2 more");
    assertRefused(() -> folder.open(Labels.CSV), problems.toArray(String[]::new));
  }

  @Test
  void aMaskOfAnotherSizeIsRefusedWhenItIsRead() throws IOException {
    Path mask = TestImages.grey(root.resolve("SegmentationClass/2008_000001.png"), 2, 8, 0, 0);
    VocDataset data = folder.open(Labels.CSV);
    assertThatThrownBy(() -> data.mask(data.examples("train").get(0)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": the mask is 2×1, its picture "
                + root.resolve("JPEGImages/2008_000001.jpg")
                + " is 8×6; a mask has the size of its picture");
    assertRefused(
        () -> folder.open(Labels.MASKS),
        mask
            + ": the mask is 2×1, its picture "
            + root.resolve("JPEGImages/2008_000001.jpg")
            + " is 8×6; a mask has the size of its picture");
  }

  @Test
  void aTruncatedPictureIsNamedWhenItIsRead() throws IOException {
    Path file = root.resolve("JPEGImages/2008_000001.jpg");
    TestImages.cut(file, 0.1);
    VocDataset data = folder.open(Labels.CSV);
    List<Example> examples = data.examples("train");
    assertThatThrownBy(() -> data.image(examples.get(0)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(file + ": cannot be decoded (No SOF segment in stream)");
    assertThat(data.image(examples.get(1)).width()).isEqualTo(8);
  }

  @Test
  void picturesOfOneNameAndListsOfOneNameAreRefused() throws IOException {
    TestImages.colour(root.resolve("JPEGImages/2008_000001.png"), 8, 6, 0);
    assertRefused(
        () -> folder.open(Labels.CSV),
        "JPEGImages/2008_000001.jpg and JPEGImages/2008_000001.png are called alike; keep one");
    Files.delete(root.resolve("JPEGImages/2008_000001.png"));
    folder.text("ImageSets/Segmentation/Train.txt", "2008_000001\n");
    assertRefused(
        () -> folder.open(Labels.CSV),
        root.resolve("ImageSets/Segmentation")
            + ": split 'train' differs from 'Train' in capitals only; did you mean 'Train'?");
  }

  @Test
  void anAnnotationThatIsNoRegularFileIsNotRead() throws IOException {
    annotations();
    Path file = root.resolve("Annotations/2008_000001.xml");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused(() -> folder.open(Labels.XML), file + ": no regular file; expected is XML");
  }
}
