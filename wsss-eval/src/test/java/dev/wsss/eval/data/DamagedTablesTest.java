package dev.wsss.eval.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.DataException;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.testing.Damage;
import dev.wsss.api.testing.DamagedCases;
import dev.wsss.eval.image.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged tables and lists are read, or refused by their name and line, at a stated price. */
@Timeout(600)
class DamagedTablesTest {
  private static final List<String> WORDS =
      List.of(
          "\"",
          ",",
          ";",
          "|",
          " ",
          "\n",
          "\r",
          "\r\n",
          "\0",
          "\uFEFF",
          "\u2028",
          "../",
          "/",
          "a.jpg",
          "images/",
          "dent",
          "background",
          "train",
          "<",
          "&",
          "]]>",
          "<!DOCTYPE a>",
          "\uD83D\uDE00");

  /** What {@code docs/robustness.md} states, and what looking at the few files costs. */
  private static final long BYTES_PER_FILE_BYTE = 100;

  private static final long OTHER_BYTES = 1 << 20;
  private static final int MOST_CHARACTERS = 12_000;

  @TempDir private Path folder;

  @Test
  void damagedFolders() throws Exception {
    for (String name : List.of("a.jpg", "b.jpg", "sub/c.jpg")) {
      TestImages.colour(folder.resolve("images/" + name), 8, 6, 0x406080);
    }
    String classes = "background\ndent\nlong scratch\n";
    String table =
        "image,split,labels\na.jpg,train,dent\nb.jpg,train,dent;long scratch\n\"sub/c.jpg\",val,\"dent\"\n";
    FolderConfig config = new FolderConfig(folder, Unlabelled.FAIL, Map.of(), 1_000_000);
    Callable<SegmentationDataset> open = () -> new FolderDataset(config);
    Files.writeString(folder.resolve("classes.txt"), classes);
    Files.writeString(folder.resolve("labels.csv"), table);
    damage("labels.csv", "labels\\.csv(:\\d+)?: ", open, 600);
    damage("classes.txt", "(labels\\.csv|classes\\.txt)(:\\d+)?: ", open, 200);
  }

  @Test
  void damagedListsAndTablesOfVoc() throws Exception {
    VocFolder voc = VocFolder.create(folder);
    Callable<SegmentationDataset> csv = () -> voc.open(VocConfig.Labels.CSV);
    damage("image_labels.csv", "image_labels\\.csv(:\\d+)?: |(train|val)\\.txt:\\d+: ", csv, 300);
    damage("ImageSets/Segmentation/train.txt", "train\\.txt:\\d+: ", csv, 200);
    voc.annotation("2008_000001", "dog");
    voc.annotation("2008_000002", "cat", "person");
    voc.annotation("2008_000003", "cow");
    Callable<SegmentationDataset> xml = () -> voc.open(VocConfig.Labels.XML);
    damage("Annotations/2008_000002.xml", "2008_000002\\.xml:\\d+: |train\\.txt:\\d+: ", xml, 200);
  }

  /**
   * Damages one file of a whole folder.
   *
   * @param place where errors have to be said to be
   */
  private void damage(String name, String place, Callable<SegmentationDataset> open, int count)
      throws Exception {
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    assertThat(refusal(open)).isEmpty(); // and loads classes, which costs too
    AtomicInteger refused = new AtomicInteger();
    DamagedCases.run(
        count,
        random -> {
          byte[] damaged = Damage.ofText(whole, WORDS, random);
          Files.write(file, damaged);
          var cost = DamagedCases.cost(() -> refusal(open));
          if (!cost.result().isEmpty()) {
            refused.incrementAndGet();
            assertThat(cost.result()).containsPattern(place);
            assertThat(cost.result().length()).isLessThan(MOST_CHARACTERS);
          }
          assertThat(cost.bytes()).isLessThan(BYTES_PER_FILE_BYTE * damaged.length + OTHER_BYTES);
        });
    Files.write(file, whole);
    assertThat(refused.get()).isGreaterThan(count / 2);
  }

  /** What was said; empty where it was read. Any exception but a DataException goes through. */
  private static String refusal(Callable<SegmentationDataset> open) throws Exception {
    try {
      SegmentationDataset data = open.call();
      for (String split : data.splits()) {
        assertThat(data.examples(split)).isNotNull();
      }
      return "";
    } catch (DataException e) {
      return e.getMessage();
    }
  }
}
