package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.eval.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderProposalTest {
  @TempDir private Path root;
  private int colour;

  /** Pictures of different colours. */
  private void pictures(String... names) throws IOException {
    for (String name : names) {
      TestImages.colour(root.resolve(name), 4, 4, colour += 0x010203);
    }
  }

  private FolderProposal written() {
    FolderProposal proposal = FolderProposal.of(root);
    proposal.write();
    return proposal;
  }

  private FolderDataset data() {
    return new FolderDataset(new FolderConfig(root, Unlabelled.KEEP, Map.of(), 1_000_000));
  }

  @Test
  void tellsOfEveryPictureThatWasLookedAt() throws IOException {
    pictures("cat/a.png", "cat/b.png", "dog/c.png");
    List<String> heard = new ArrayList<>();

    FolderProposal.of(root, (looked, of) -> heard.add(looked + "/" + of));

    assertThat(heard).containsExactly("1/3", "2/3", "3/3");
  }

  @Test
  void subFoldersAreClassesAndMayNameSplits() throws IOException {
    pictures("train/cat/a.png", "train/dog/b.png", "train/background/c.png", "val/cat/d, e.png");

    FolderProposal proposal = written();

    assertThat(proposal.facts())
        .containsExactly(
            "4 pictures",
            "split train: 3, cat 1, dog 1, without a label 1",
            "fewer than 10 pictures to learn from: cat, dog",
            "split val: 1, cat 1");
    assertThat(root.resolve("labels.csv"))
        .hasContent(
            """
            image,split,labels
            train/background/c.png,train,
            train/cat/a.png,train,cat
            train/dog/b.png,train,dog
            "val/cat/d, e.png",val,cat
            """);
    assertThat(root.resolve("classes.txt")).hasContent("cat\ndog\n");
    assertThat(proposal.isReady()).isTrue();
    assertThat(proposal.hasUnlabelled()).isTrue();
    assertThat(data().image(data().examples("val").get(0)).width()).isEqualTo(4);
  }

  @Test
  void namesOfPicturesAreClassesWhereTheyAreWordsWithNumbers() throws IOException {
    pictures("images/cat_1.png", "images/cat 2.png", "images/red fox-3.png", "images/red fox4.png");
    pictures("images/IMG_0001.png");

    FolderProposal proposal = written();

    assertThat(proposal.facts())
        .contains("1 has no label and is left out of labels.csv:", "  IMG_0001.png");
    assertThat(data().classes().foreground()).containsExactly("cat", "red fox");
    assertThat(data().examples("train")).hasSize(4);
    assertThat(proposal.hasUnlabelled()).isFalse();
  }

  @Test
  void whereNothingIsSaidTheTableIsFilledInByHand() throws IOException {
    pictures("IMG_1.png", "IMG_2.png", "DSC_3.png");

    FolderProposal first = written();
    assertThat(first.facts())
        .containsExactly(
            "3 pictures",
            "neither folders nor names say what the pictures show; fill in the third column of"
                + " labels.csv, such as cat;dog, and start this again");
    assertThat(first.isReady()).isFalse();
    assertThat(first.files()).containsOnlyKeys("labels.csv");
    assertThat(FolderProposal.of(root).facts())
        .contains("labels.csv has no labels yet; fill in its column labels, such as cat;dog");

    Path table = root.resolve("labels.csv");
    Files.writeString(
        table,
        """
        image,split,labels
        IMG_1.png,train,cat
        IMG_2.png,train,"cat, red fox"
        DSC_3.png,train,red fox
        """);
    FolderProposal second = written();

    assertThat(second.isReady()).isTrue();
    assertThat(root.resolve("classes.txt")).hasContent("cat\nred fox\n");
    assertThat(data().examples("train")).extracting(Example::id).hasSize(3);
  }

  @Test
  void oneFolderAloneIsToldToBeTooLittle() throws IOException {
    pictures("train/cat/a.png", "val/cat/b.png", "c.png");

    FolderProposal proposal = FolderProposal.of(root);

    assertThat(proposal.facts())
        .containsExactly(
            "3 pictures",
            "the only class that folders name is 'cat', and to learn it takes pictures without it:"
                + " add a folder of another class, or background/ with pictures of none, delete"
                + " labels.csv and start this again; or fill in the third column of labels.csv,"
                + " such as cat;dog, and start this again");
    assertThat(proposal.isReady()).isFalse();
  }

  @Test
  void picturesThatCannotBeUsedAndCopiesAreNamed() throws IOException {
    pictures("cat/a.png", "cat/b.png", "dog/c.png");
    Files.copy(root.resolve("cat/a.png"), root.resolve("dog/copy.png"));
    TestImages.colour(root.resolve("dog/c.jpg"), 4, 4, 0);
    Files.writeString(root.resolve("dog/z.png"), "no picture");

    FolderProposal proposal = FolderProposal.of(root);

    assertThat(proposal.facts())
        .startsWith(
            "6 pictures",
            "2 cannot be used:",
            "  dog/c.png: 'dog/c.jpg' has the same name but for its extension",
            "  dog/z.png: no picture in a known format, JPEG, PNG, WebP or TIFF",
            "1 is a copy of another:",
            "  dog/copy.png is cat/a.png");
    assertThat(proposal.files().get("labels.csv")).doesNotContain("z.png", "c.png");
  }

  @Test
  void picturesWithMasksAreSetApartToScoreWith() throws IOException {
    pictures("images/cat/a.png", "images/dog/b.png", "images/dog/c.png");
    TestImages.grey(root.resolve("masks/dog/c.png"), 4, 8, new int[16]);

    written();

    assertThat(data().examples("val")).extracting(Example::id).containsExactly("dog/c.png");
    assertThat(data().examples("train")).hasSize(2);
  }

  @Test
  void whatStandsIsCheckedAndNotOverwritten() throws IOException {
    pictures("images/a.png", "images/b.png");
    Files.writeString(root.resolve("labels.csv"), "image,split,labels\na.png,train,cta\n");
    Files.writeString(root.resolve("classes.txt"), "cat\n");
    assertThatThrownBy(() -> FolderProposal.of(root))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.csv:2: 'cta' is no class; did you mean 'cat'?");

    Files.writeString(root.resolve("labels.csv"), "image,split,labels\na.png,train,cat\n");
    FolderProposal proposal = written();
    assertThat(proposal.files()).isEmpty();
    assertThat(proposal.facts())
        .containsExactly(
            "2 pictures",
            "1 is not in labels.csv, so not used; add lines such as b.png,train,LABELS, or move"
                + " the table away and start this again:",
            "  b.png",
            "split train: 1, cat 1",
            "fewer than 10 pictures to learn from: cat",
            "every training picture shows cat, so nothing tells what that looks like; add pictures"
                + " without it: of another class, or of none with -o data.unlabelled=keep");

    Files.delete(root.resolve("classes.txt"));
    FolderProposal late = FolderProposal.of(root);
    Files.writeString(root.resolve("classes.txt"), "mine\n");
    assertThatThrownBy(late::write)
        .isInstanceOf(DataException.class)
        .hasMessage(root.resolve("classes.txt") + " exists; nothing is overwritten");
    assertThat(root.resolve("classes.txt")).hasContent("mine\n");
  }

  @Test
  void picturesThatWereAddedAreNamedWithTheLineToWrite() throws IOException {
    pictures("images/cat/a.png", "images/val/cat/b.png", "images/val/cat/c, d.png");
    Files.writeString(
        root.resolve("labels.csv"), "split,place,labels,image,note\ntrain,x,,images/cat/a.png,x\n");

    assertThat(FolderProposal.of(root).facts())
        .containsExactly(
            "3 pictures",
            "2 are not in labels.csv, so not used; add lines such as val,,LABELS,val/cat/b.png,"
                + " or move the table away and start this again:",
            "  val/cat/b.png",
            "  val/cat/c, d.png",
            "labels.csv has no labels yet; fill in its column labels, such as cat;dog");
  }

  @Test
  void labelsAreCountedBeforeTheirClassesAreWritten() throws IOException {
    pictures("a.png", "b.png", "c.png");
    Path table = root.resolve("labels.csv");
    Files.writeString(table, "image,split,labels\na.png,train,cat\nb.png,train,cat\nc.png,val,\n");

    FolderProposal proposal = FolderProposal.of(root);

    assertThat(proposal.facts())
        .containsExactly(
            "3 pictures",
            "split train: 2, cat 2",
            "fewer than 10 pictures to learn from: cat",
            "every training picture shows cat, so nothing tells what that looks like; add pictures"
                + " without it: of another class, or of none with -o data.unlabelled=keep",
            "split val: 1, without a label 1");
    assertThat(proposal.hasUnlabelled()).isTrue();

    Files.writeString(table, "image,split,labels\na.png,train,cat\nb.png,train,background\n");
    assertThatThrownBy(() -> FolderProposal.of(root))
        .isInstanceOf(DataException.class)
        .hasMessage(table + ": background is no class; a picture that shows none has no label");
    assertThat(root.resolve("classes.txt")).doesNotExist();
  }

  @Test
  void classesThatNoTrainingPictureShowsAreTold() throws IOException {
    pictures("cat/a.png", "dog/b.png", "val/fox/c.png");
    Files.writeString(root.resolve("classes.txt"), "fox\ncat\nred fox\ndog\n");
    String none =
        "no training picture shows fox, red fox, so maps of that will be noise; add pictures of it,"
            + " or leave it out of the classes (classes.txt)";

    FolderProposal names = written();

    assertThat(names.facts())
        .containsExactly(
            "3 pictures",
            "split train: 2, cat 1, dog 1",
            "fewer than 10 pictures to learn from: cat, dog",
            none,
            "split val: 1, fox 1");
    assertThat(FolderProposal.of(root).facts()).isEqualTo(names.facts());
    Files.delete(root.resolve("classes.txt"));
    assertThat(FolderProposal.of(root).facts()).contains(none.replace("fox, red fox", "fox"));
  }

  @Test
  void ofManyUnlearnableClassesTheFirstAreNamed() {
    List<String> names = IntStream.rangeClosed(1, 12).mapToObj(k -> "c" + k).toList();

    assertThat(UnlearnableClasses.warnings(new ClassNames(names), 3, Map.of("c1", 2)))
        .containsExactly(
            "no training picture shows c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 1 more, so maps"
                + " of that will be noise; add pictures of it, or leave it out of the classes"
                + " (classes.txt)");
  }

  @Test
  void otherFilesAreCountedByTheirKinds() throws IOException {
    pictures("cat/a.png", "dog/b.png", "masks/cat/a.png");
    Files.writeString(root.resolve(".hidden"), "x");
    Files.writeString(root.resolve("classes.txt"), "cat\ndog\n");
    Files.writeString(root.resolve("dog/z.gif"), "x");
    assertThat(FolderProposal.of(root).facts())
        .startsWith(
            "2 pictures",
            "1 file is passed by, dog/z.gif; pictures must be JPEG, PNG, WebP or TIFF, so convert"
                + " those that are not");

    for (String name :
        List.of("cat/c.heic", "cat/d.HEIC", "README", "a.txt", "b.csv", "c.pdf", "d.cr2")) {
      Files.writeString(root.resolve(name), "x");
    }
    assertThat(FolderProposal.of(root).facts())
        .startsWith(
            "2 pictures",
            "8 files are passed by: 2 .heic, 1 .cr2, 1 .csv, 1 .gif, 1 .pdf and others, the first"
                + " README; pictures must be JPEG, PNG, WebP or TIFF, so convert those that are"
                + " not");
  }

  @Test
  void aFolderWithoutPicturesIsRefused() throws IOException {
    assertThatThrownBy(() -> FolderProposal.of(root))
        .isInstanceOf(DataException.class)
        .hasMessage("no picture in " + root + "; expected are JPEG, PNG, WebP or TIFF files");
    Files.writeString(root.resolve("notes.txt"), "x");
    assertThatThrownBy(() -> FolderProposal.of(root))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "no picture in "
                + root
                + "; 1 file is passed by, notes.txt; pictures must be JPEG, PNG, WebP or TIFF, so"
                + " convert those that are not");
    assertThat(List.of("notes.txt")).allMatch(name -> Files.exists(root.resolve(name)));
  }
}
