package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.eval.data.CocoConfig.Labels;
import dev.wsss.eval.data.CocoConfig.Split;
import dev.wsss.eval.data.CocoConfig.Unlabelled;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of data sets that do not hold together. */
class CocoDatasetErrorsTest {
  private static final String LAYOUT =
      "expected is a folder with annotations/instances_train2014.json and train2014/, the same of"
          + " val, or those of another year";
  private static final String TRAIN = "annotations/instances_train2014.json";
  private static final String VAL = "annotations/instances_val2014.json";

  @TempDir private Path root;
  private CocoFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = CocoFolder.create(root);
  }

  private void assertSaid(ThrowingCallable opening, String message) {
    assertThatThrownBy(opening).isInstanceOf(DataException.class).hasMessage(message);
  }

  private void assertRefused(ThrowingCallable opening, String... problems) {
    assertSaid(
        opening,
        "the data set in " + root + " cannot be used:\n  " + String.join("\n  ", problems));
  }

  private CocoDataset open(Map<String, Split> splits) {
    return new CocoDataset(
        folder.config(splits, Labels.INSTANCES, Unlabelled.LEAVE_OUT, Optional.empty()));
  }

  @Test
  void aMissingFolderIsNamedWithWhatIsExpected() {
    CocoFolder nowhere = new CocoFolder(root.resolve("nowhere"));
    assertSaid(nowhere::open, "no folder " + nowhere.root() + " (key data.root); " + LAYOUT);
  }

  @Test
  void aRootOneFolderTooHighIsNoticed() throws IOException {
    Path inner = CocoFolder.create(root.resolve("data/coco")).root();
    CocoFolder above = new CocoFolder(root.resolve("data"));
    assertSaid(
        above::open,
        "no annotations in "
            + above.root()
            + " (key data.root); "
            + LAYOUT
            + "; did you mean "
            + inner
            + "?");
  }

  @Test
  void annotationsOfOtherNamesHaveToBeNamed() throws IOException {
    Files.move(root.resolve(TRAIN), root.resolve("annotations/train.json"));
    Files.delete(root.resolve(VAL));
    assertSaid(
        folder::open,
        "no instances_train2014.json, nor another year's or of val, in "
            + root.resolve("annotations")
            + " (key data.root); other names belong into data.splits, for example data.splits:"
            + " {train: {annotations: annotations/my.json, images: my-pictures}}");
  }

  @Test
  void severalYearsAreNotGuessedAt() throws IOException {
    Files.copy(root.resolve(VAL), root.resolve("annotations/instances_val2017.json"));
    assertSaid(
        folder::open,
        root.resolve("annotations")
            + " has instances of several years: instances_train2014.json, instances_val2014.json,"
            + " instances_val2017.json; say which belong to the data set, for example data.splits:"
            + " {train: {annotations: annotations/instances_train2014.json, images: train2014}}");
  }

  @Test
  void aMissingFolderOfPicturesIsNamed() throws IOException {
    Files.move(root.resolve("val2014"), root.resolve("val"));
    assertSaid(
        folder::open,
        "no folder val2014 or images/val2014 in "
            + root
            + " (key data.root) with the pictures of annotations/instances_val2014.json; other"
            + " names belong into data.splits, for example data.splits: {train: {annotations:"
            + " annotations/instances_val2014.json, images: my-pictures}}");
  }

  @Test
  void whatAConfigurationNamesMustBeThere() {
    assertSaid(
        () -> open(Map.of("train", new Split("annotations/instances_train2041.json", "x"))),
        "no file "
            + root.resolve("annotations/instances_train2041.json")
            + " (key data.splits.train.annotations); did you mean"
            + " 'annotations/instances_train2014.json'?");
    assertSaid(
        () -> open(Map.of("train", new Split(TRAIN, "train"))),
        "no folder " + root.resolve("train") + " (key data.splits.train.images)");
    assertSaid(
        () ->
            new CocoDataset(
                folder.config(
                    Map.of(), Labels.INSTANCES, Unlabelled.LEAVE_OUT, Optional.of("masks"))),
        "no folder "
            + root.resolve("masks")
            + " (key data.masks); without the key, masks are made of the instances");
  }

  @Test
  void brokenAnnotationsAreNamedWithTheirPlace() throws IOException {
    Path file = folder.text(VAL, "{\"images\": [{\"id\": ");
    assertSaid(
        folder::open, file + ": no JSON (End of input at line 1 column 20 path $.images[0].id)");
  }

  @Test
  void whatDoesNotFitTogetherIsToldAtOnce() throws IOException {
    Path file =
        folder.instances(
            VAL,
            CocoFolder.images("COCO_val2014_", 42),
            CocoFolder.annotation(42, 2, "[]"),
            CocoFolder.annotation(43, 3, "[]"));
    assertRefused(
        folder::open,
        file
            + ": annotations[0] is of category 2, which is not there; ids of categories are 1, 3, 90",
        file + ": annotations[1] is of picture 43, which is not in images");
  }

  @Test
  void aPictureWithoutItsFileIsNamed() throws IOException {
    Path pictures = root.resolve("val2014");
    Files.move(
        pictures.resolve("COCO_val2014_000000000042.jpg"),
        pictures.resolve("COCO_val2014_000000000024.jpg"));
    assertRefused(
        folder::open,
        root.resolve(VAL)
            + ": images[0]: no picture 'COCO_val2014_000000000042.jpg' in "
            + pictures
            + "; did you mean 'COCO_val2014_000000000024.jpg'?");
  }

  @Test
  void picturesThatShareANameAreNamed() throws IOException {
    String two = CocoFolder.images("COCO_val2014_", 42, 43);
    Path file = folder.instances(VAL, two.replace("000000000043.jpg", "000000000042.png"));
    assertRefused(
        folder::open,
        file
            + ": images[1] is called 'COCO_val2014_000000000042.png' like images[0], but for the"
            + " extension at most");
    Path same = root.resolve("val2014/COCO_train2014_000000000009.jpg");
    TestImages.colour(same, 8, 6, 0);
    folder.instances(VAL, CocoFolder.images("COCO_train2014_", 9));
    assertRefused(
        folder::open,
        file
            + ": images[0] is "
            + same
            + ", and another split has "
            + root.resolve("train2014/COCO_train2014_000000000009.jpg")
            + "; pictures of two folders need names of their own");
  }

  @Test
  void categoriesHaveToBeTheSameInAllSplits() throws IOException {
    String train = Files.readString(root.resolve(TRAIN));
    folder.text(
        VAL,
        Files.readString(root.resolve(VAL))
            .replace("\"id\": 90, \"name\": \"toothbrush\"", "\"id\": 90, \"name\": \"brush\""));
    assertRefused(
        folder::open,
        root.resolve(VAL)
            + " has other categories than "
            + root.resolve(TRAIN)
            + ": not 90 'toothbrush'");
    folder.text(TRAIN, train.replace("\"toothbrush\"", "\"car\""));
    folder.text(VAL, Files.readString(root.resolve(VAL)).replace("\"brush\"", "\"car\""));
    assertRefused(
        folder::open,
        root.resolve(TRAIN)
            + ": categories cannot be classes: class names repeat: [person, car, car]");
  }

  @Test
  void picturesWithoutALabelAreRefusedWhereTheyAreAMistake() {
    assertRefused(
        () ->
            new CocoDataset(
                folder.config(Map.of(), Labels.INSTANCES, Unlabelled.FAIL, Optional.empty())),
        root.resolve(TRAIN)
            + ": images[2] ('COCO_train2014_000000000030.jpg') has no label; 'unlabelled: keep'"
            + " takes it as background, 'leave-out' leaves it out");
  }

  @Test
  void aSplitWithoutPicturesIsNamed() throws IOException {
    Path file = folder.instances(VAL, CocoFolder.images("COCO_val2014_", 42));
    assertRefused(folder::open, file + ": split 'val' has no picture with a label (of 1)");
    folder.instances(VAL, "");
    assertRefused(folder::open, file + ": split 'val' has no picture");
  }

  @Test
  void aTableOfLabelsListsPicturesAndClassesThatAreThere() throws IOException {
    CocoConfig config = folder.config(Map.of(), Labels.CSV, Unlabelled.LEAVE_OUT, Optional.empty());
    Path table =
        folder.text(
            "labels.csv",
            """
            image,split,labels
            COCO_train2014_000000000009.jpg,train,cat
            """);
    assertRefused(
        () -> new CocoDataset(config),
        table + ":2: 'cat' is no class; did you mean 'car'?",
        "classes are person, car, toothbrush");
    folder.text(
        "labels.csv",
        """
        image,split,labels
        COCO_train2014_000000000009.jpg,train,car
        COCO_train2014_000000000090.jpg,train,car
        COCO_val2014_000000000042.jpg,val,car
        """);
    assertRefused(
        () -> new CocoDataset(config),
        table
            + ":3: the annotations list no picture 'COCO_train2014_000000000090.jpg'; did you mean"
            + " 'COCO_train2014_000000000009.jpg'?");
    Files.delete(table);
    assertSaid(
        () -> new CocoDataset(config),
        "no " + table + " (key data.labels is csv); expected is a table image,split,labels");
  }

  @Test
  void aPictureOfAnotherSizeHasNoMaskHere() throws IOException {
    Path picture = root.resolve("val2014/COCO_val2014_000000000042.jpg");
    TestImages.colour(picture, 6, 8, 0);
    CocoDataset data = folder.open();
    assertThat(data.image(data.examples("val").get(0)).width()).isEqualTo(6);
    assertThatThrownBy(() -> data.mask(data.examples("val").get(0)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            root.resolve(VAL)
                + ": images[0] is 8×6, its picture "
                + picture
                + " is 6×8 upright; the annotations are of another picture");
  }
}
