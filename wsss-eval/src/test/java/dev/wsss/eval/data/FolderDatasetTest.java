package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.SegmentationDatasetContract;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.image.TestImages;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderDatasetTest extends SegmentationDatasetContract {
  @TempDir private Path root;
  private Path table;

  @BeforeEach
  void create() throws IOException {
    TestImages.colour(root.resolve("images/part 1/Üb er.JPG"), 4, 3, 0x336699);
    TestImages.grey(root.resolve("images/b.png"), 2, 8, 9, 9, 9, 9);
    TestImages.colour(root.resolve("images/c.v2.jpeg"), 2, 2, 0);
    TestImages.grey(root.resolve("masks/b.png"), 2, 8, 0, 2, 255, 2);
    Files.writeString(root.resolve("classes.txt"), "background\ndent\nscratch\n");
    table = root.resolve("labels.csv");
    table("part 1/Üb er.JPG,train,dent", "b.png,train,scratch", "c.v2.jpeg,val,dent;scratch");
  }

  private void table(String... rows) throws IOException {
    Files.writeString(table, "image,split,labels\n" + String.join("\n", rows) + "\n");
  }

  @Override
  protected SegmentationDataset open() {
    return new FolderDataset(new FolderConfig(root, Unlabelled.FAIL, Map.of(), 1_000_000));
  }

  @Override
  protected boolean masksShowExactlyTheLabels() {
    return false; // two pictures have no mask
  }

  @Override
  protected boolean filesMayBeReplaced() {
    return true;
  }

  private void assertRefused(String... problems) {
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the data set in " + root + " cannot be used:\n  " + String.join("\n  ", problems));
  }

  @Test
  void namesFoldersAndExtensionsAreFree() throws IOException {
    SegmentationDataset data = open();
    assertThat(data.classes().foreground()).containsExactly("dent", "scratch");
    assertThat(data.splits()).containsExactly("train", "val");
    Example first = data.examples("train").get(0);
    assertThat(first.id()).isEqualTo("part 1/Üb er.JPG");
    assertThat(data.image(first).width()).isEqualTo(4);
    assertThat(data.image(data.examples("train").get(1)).rgb()).containsOnly(9);
    assertThat(data.examples("val").get(0).labels().cardinality()).isEqualTo(2);
  }

  @Test
  void aMaskHasThePicturesNameWithPng() throws IOException {
    SegmentationDataset data = open();
    assertThat(data.mask(data.examples("train").get(0))).isEmpty();
    assertThat(data.mask(data.examples("train").get(1)).orElseThrow().indices())
        .containsExactly(0, 2, -1, 2);
    assertThat(FolderTable.maskName("part 1/Üb er.JPG")).isEqualTo("part 1/Üb er.png");
    assertThat(FolderTable.maskName("v1.2/name")).isEqualTo("v1.2/name.png");
    assertThat(FolderTable.maskName("c.v2.jpeg")).isEqualTo("c.v2.png");
  }

  @Test
  void aPictureIsReadFromItsFileAndItsMasks() {
    SegmentationDataset data = open();
    assertThat(data.examples("train"))
        .flatExtracting(data::files)
        .containsExactly(
            root.resolve("images/part 1/Üb er.JPG"),
            root.resolve("images/b.png"),
            root.resolve("masks/b.png"));
  }

  @Test
  void oneClassIsEnough() throws IOException {
    Files.writeString(root.resolve("classes.txt"), "\uFEFFsurface defect\n");
    table("b.png,train,surface defect");
    BitSet first = new BitSet();
    first.set(0);
    assertThat(open().classes().foreground()).containsExactly("surface defect");
    assertThat(open().examples("train")).containsExactly(new Example("b.png", first));
  }

  @Test
  void labelsAreSeparatedByBlanksOnlyWhereNoNameHasOne() throws IOException {
    table("b.png,train,dent scratch");
    assertThat(open().examples("train").get(0).labels().cardinality()).isEqualTo(2);
    Files.writeString(root.resolve("classes.txt"), "dent\nlong scratch\n");
    table("b.png,train,long scratch; dent");
    assertThat(open().examples("train").get(0).labels().cardinality()).isEqualTo(2);
  }

  @Test
  void anySeparatorThatNoNameHoldsSeparatesLabels() throws IOException {
    for (String list :
        List.of("dent;scratch", "dent|scratch", "\"dent,scratch\"", "dent scratch")) {
      table("b.png,train," + list);
      assertThat(open().examples("train").get(0).labels().cardinality()).as(list).isEqualTo(2);
    }
    Files.writeString(root.resolve("classes.txt"), "dent, long\nscratch\n");
    table("b.png,train,\"dent, long | scratch\"");
    assertThat(open().examples("train").get(0).labels().cardinality()).isEqualTo(2);
  }

  @Test
  void aWrongSeparatorIsNamedWithItsLine() throws IOException {
    table("b.png,train,dent/scratch");
    assertRefused(
        table
            + ":2: 'dent/scratch' is no class; '/' separates no labels; expected is ';', '|', ','"
            + " (in quotes), a blank",
        "classes are dent, scratch");
    table("b.png,train,dent,scratch");
    assertRefused(
        table
            + ":2: 4 columns; expected are 3: image,split,labels; a list with commas stands in"
            + " quotes: b.png,train,\"dent,scratch\"");
    Files.writeString(root.resolve("classes.txt"), "dent\nlong scratch\n");
    table("b.png,train,dent long scratch", "c.v2.jpeg,train,dent dent");
    assertRefused(
        table + ":2: 'dent long scratch' is no class; did you mean 'long scratch'?",
        table
            + ":3: 'dent dent' is no class; ' ' separates no labels, since class 'long scratch'"
            + " holds it; expected is ';', '|', ',' (in quotes)",
        "classes are dent, long scratch");
  }

  @Test
  void columnsAreSeparatedByCommas() throws IOException {
    Files.writeString(table, "image;split;labels\nb.png;train;dent\n");
    assertRefused(
        table
            + ":1: the columns are 'image;split;labels'; expected are at least image, split, labels;"
            + " columns are separated by ',' and not by ';'");
  }

  @Test
  void aMissingFolderIsNamedWithTheNearest() throws IOException {
    Path near = Files.createDirectory(root.resolve("steel-defects"));
    FolderConfig config =
        new FolderConfig(root.resolve("steel_defect"), Unlabelled.FAIL, Map.of(), 1_000_000);
    assertThatThrownBy(() -> new FolderDataset(config))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no folder "
                + config.root()
                + " (key data.root); expected is a folder with images/, labels.csv, classes.txt"
                + " and, for scoring, masks/; did you mean "
                + near
                + "?");
  }

  @Test
  void missingThingsAreNamedWithWhatIsExpected() throws IOException {
    Files.delete(root.resolve("classes.txt"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no classes.txt in "
                + root
                + " (key data.root); expected is a folder with images/, labels.csv, classes.txt"
                + " and, for scoring, masks/; 'wsss init "
                + root
                + "' makes it of your pictures");
  }

  @Test
  void otherColumnsAreNotLookedAt() throws IOException {
    Files.writeString(
        table,
        "note,image,labels,split\nby hand,b.png,scratch,train\n,c.v2.jpeg,\"dent,scratch\",val\n");
    assertThat(open().examples("train")).extracting(Example::id).containsExactly("b.png");
    assertThat(open().examples("val").get(0).labels().cardinality()).isEqualTo(2);

    Files.writeString(table, "image,split,labels,note\nb.png,train,scratch\nc.v2.jpeg,val\n");
    assertRefused(table + ":3: 2 columns; expected are 4: image,split,labels,note");

    Files.writeString(table, "image,split,labels,labels\nb.png,train,dent,scratch\n");
    assertRefused(table + ":1: column 'labels' stands there twice");
  }

  @Test
  void aSplitThatIsNotThereIsNamedWithTheTable() {
    assertThatThrownBy(() -> open().examples("training"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no split 'training'; splits in " + table + " are train, val; did you mean 'train'?");
  }

  @Test
  void missingAndRepeatedImagesAreNamedWithTheirLines() throws IOException {
    table("b.png,train,dent", "B.jpg,train,dent", "b.png,val,dent", "../b.png,val,dent");
    assertRefused(
        table + ":3: no image 'B.jpg' in images/",
        table + ":4: image 'b.png' is listed already in line 2",
        table + ":5: no image '../b.png' in images/; did you mean 'b.png'?");
    table("part 1/Ub er.JPG,train,dent");
    assertRefused(
        table + ":2: no image 'part 1/Ub er.JPG' in images/; did you mean 'part 1/Üb er.JPG'?");
  }

  @Test
  void rowsWithoutSplitOrLabelAreRefused() throws IOException {
    table("b.png,,dent", "c.v2.jpeg,val,");
    assertRefused(
        table + ":2: image 'b.png' is in no split; expected is for example train or val",
        table + ":3: image 'c.v2.jpeg' has no label; 'unlabelled: keep' takes it as background");
    table("c.v2.jpeg,val,");
    FolderDataset kept =
        new FolderDataset(new FolderConfig(root, Unlabelled.KEEP, Map.of(), 1_000_000));
    assertThat(kept.examples("val").get(0).labels()).isEqualTo(new BitSet());
  }

  @Test
  void aLabelThatIsNoClassIsNamedWithTheNearest() throws IOException {
    table("b.png,train,scrath");
    assertRefused(
        table + ":2: 'scrath' is no class; did you mean 'scratch'?", "classes are dent, scratch");
  }

  @Test
  void anEmptyTableIsRefused() throws IOException {
    table();
    assertRefused(table + ": no pictures are listed");
  }

  @Test
  void classesAreNamedOnceAndThereIsOne() throws IOException {
    Path classes = Files.writeString(root.resolve("classes.txt"), "dent\n\nscratch\ndent\n");
    assertRefused(classes + ":4: class 'dent' is listed already in line 1");
    Files.writeString(classes, "background\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(classes + ": no class is listed; expected is a name a line");
  }

  @Test
  void twoImagesDoNotShareAMask() throws IOException {
    TestImages.colour(root.resolve("images/b.jpg"), 2, 2, 0);
    table("b.png,train,dent", "b.jpg,train,dent");
    assertRefused(table + ":3: images 'b.png' and 'b.jpg' share the mask masks/b.png");
    // Whether there is one or not: the masks of a run would share it too.
    Files.delete(root.resolve("masks/b.png"));
    assertRefused(table + ":3: images 'b.png' and 'b.jpg' share the mask masks/b.png");
  }

  @Test
  void aMaskOfAnotherSizeIsRefusedWhenItIsRead() throws IOException {
    Path mask = TestImages.grey(root.resolve("masks/b.png"), 2, 8, 0, 0);
    SegmentationDataset data = open();
    assertThatThrownBy(() -> data.mask(data.examples("train").get(1)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": the mask is 2×1, its picture "
                + root.resolve("images/b.png")
                + " is 2×2; a mask has the size of its picture");
  }

  @Test
  void aMaskIndexBeyondTheClassesIsRefusedWhenItIsRead() throws IOException {
    Path mask = TestImages.grey(root.resolve("masks/b.png"), 2, 8, 0, 0, 0, 3);
    SegmentationDataset data = open();
    assertThatThrownBy(() -> data.mask(data.examples("train").get(1)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            mask
                + ": value 3 at column 1, row 1 is no class; allowed are 0 (background) to 2"
                + " (scratch) and 255 (not counted); data.mask-values can give others a meaning");
  }

  @Test
  void textThatIsNotUtf8IsNamed() throws IOException {
    Files.write(table, new byte[] {'i', '\n', (byte) 0xfc, 'x'});
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(table + ":2: not UTF-8 text; save it as UTF-8");
  }

  private FolderDataset open(Map<String, String> maskValues) {
    return new FolderDataset(new FolderConfig(root, Unlabelled.FAIL, maskValues, 1_000_000));
  }

  @Test
  void masksThatWriteTheClassAs255AreRefusedUnlessTheySayWhatItIs() throws IOException {
    Files.writeString(root.resolve("classes.txt"), "dent\n");
    TestImages.grey(root.resolve("masks/b.png"), 2, 8, 0, 255, 255, 0);
    table("b.png,val,dent");
    assertRefused(
        "split 'val': its pictures have labels, but none of 1 masks looked at shows a class; they"
            + " hold 0 (background) and 255 (not counted). If 255 stands for a class, name it, for"
            + " example data.mask-values: {255: dent}");
    SegmentationDataset data = open(Map.of("255", "dent"));
    assertThat(data.mask(data.examples("val").get(0)).orElseThrow().indices())
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void aMaskWrittenUnderItsNameIsReadBack() throws IOException {
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      for (Example example : data.examples(split)) {
        RgbImage image = data.image(example);
        byte[] indices = new byte[image.width() * image.height()];
        indices[1] = 2;
        new MaskFile(root.resolve("masks").resolve(data.maskName(example)))
            .write(new IndexMask(image.width(), image.height(), indices));
        assertThat(data.mask(example).orElseThrow().indices()).isEqualTo(indices);
      }
    }
  }

  @Test
  void foldersMayBeLinks() throws IOException {
    for (String folder : List.of("images", "masks")) {
      Path elsewhere = root.resolve("real-" + folder);
      Files.move(root.resolve(folder), elsewhere);
      Files.createSymbolicLink(root.resolve(folder), elsewhere);
    }
    Path inner = root.resolve("images/part 1");
    Files.move(inner, root.resolve("part"));
    Files.createSymbolicLink(inner, root.resolve("part"));
    Files.createSymbolicLink(root.resolve("part/loop"), root.resolve("real-images"));
    Files.createSymbolicLink(root.resolve("part/nowhere.png"), root.resolve("no-such-file"));
    SegmentationDataset data = open();
    assertThat(data.image(data.examples("train").get(0)).width()).isEqualTo(4);
    assertThat(data.mask(data.examples("train").get(1))).isPresent();
  }

  @Test
  void aMasksExtensionMayBeInCapitals() throws IOException {
    Files.move(root.resolve("masks/b.png"), root.resolve("masks/b.PNG"));
    SegmentationDataset data = open();
    assertThat(data.mask(data.examples("train").get(1))).isPresent();
    assertThat(data.files(data.examples("train").get(1))).hasSize(2);
  }

  @Test
  void namesMayStandAsPathsFromTheRoot() throws IOException {
    table("images/b.png,train,dent", "images/part 1/Üb er.JPG,train,dent");
    assertThat(open().examples("train"))
        .extracting(Example::id)
        .containsExactly("b.png", "part 1/Üb er.JPG");
  }

  @Test
  void splitsThatDifferInCapitalsOnlyAreRefused() throws IOException {
    table("b.png,train,dent", "c.v2.jpeg,Train,dent");
    assertRefused(
        table + ":3: split 'Train' differs from 'train' in capitals only; did you mean 'train'?");
  }

  @Test
  void aPictureWhoseMaskWouldHaveTooLongANameIsRefused() throws IOException {
    String name = "é".repeat(126);
    TestImages.colour(root.resolve("images/a.png"), 2, 2, 0);
    Files.move(root.resolve("images/a.png"), root.resolve("images/" + name));
    table(name + ",train,dent");
    assertRefused(
        table
            + ":2: image '"
            + name
            + "': the name of its mask would have 256 bytes; file systems allow 255");
    String longest = "é".repeat(125) + ".jpeg";
    Files.move(root.resolve("images/" + name), root.resolve("images/" + longest));
    table(longest + ",train,dent");
    Example example = open().examples("train").get(0);
    Path mask = root.resolve("masks").resolve(open().maskName(example));
    WholeFile.write(mask, target -> Files.writeString(target, "x"));
    assertThat(mask).exists();
  }

  @Test
  @Timeout(20)
  void similarNamesAreSearchedForWhatIsShownOnly() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      Files.createFile(root.resolve("images/a-rather-long-name-of-a-picture-" + i + ".png"));
      rows.add("pictures/a-rather-long-name-of-a-picture-" + i + ".png,train,dent");
    }
    table(rows.toArray(String[]::new));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            table
                + ":2: no image 'pictures/a-rather-long-name-of-a-picture-0.png' in images/; did"
                + " you mean 'a-rather-long-name-of-a-picture-0.png'?\n")
        .hasMessageEndingWith("\n  and 4990 more");
  }

  @Test
  @Timeout(20)
  void aLineOfMegabytesIsCutInTheMessage() throws IOException {
    table("x".repeat(3_000_000) + ",train,dent");
    assertRefused(table + ":2: no image '" + "x".repeat(490) + "…");
  }

  @Test
  void aTableThatIsNoRegularFileIsNotRead() throws IOException {
    Files.delete(table);
    Files.createDirectory(table);
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessage(table + ": no regular file; expected is UTF-8 text");
  }

  @Test
  void backgroundStandsFirstOrNowhere() throws IOException {
    Path classes = Files.writeString(root.resolve("classes.txt"), "dent\nbackground\n");
    assertRefused(classes + ":2: background is index 0; it stands in the first line or nowhere");
  }
}
