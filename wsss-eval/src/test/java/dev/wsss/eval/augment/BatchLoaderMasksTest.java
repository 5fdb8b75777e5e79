package dev.wsss.eval.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.network.InputSpec;
import dev.wsss.eval.LogLines;
import dev.wsss.eval.image.MaskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchLoaderMasksTest {
  private static final AugmentationConfig VARIED =
      new AugmentationConfig(12, 24, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 16, 1);

  /** The left half of picture i has index i, the right half 0. */
  private static IndexMask half(Example example) {
    byte[] indices = new byte[200];
    for (int p = 0; p < 200; p++) {
      indices[p] = (byte) (p % 20 < 10 ? Integer.parseInt(example.id()) : 0);
    }
    return new IndexMask(20, 10, indices);
  }

  private static BatchLoader loader(
      FakeDataset data, MaskSource masks, AugmentationConfig config, OnBadImage bad, int workers) {
    return BatchLoader.withMasks(
        data, data.examples(), masks, config, InputSpec.CENTRED, 4, 1, bad, workers);
  }

  private static List<HostBatch> all(BatchLoader loader, int epochs) {
    List<HostBatch> batches = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      loader.epoch(epoch, 0).forEachRemaining(batches::add);
    }
    return batches;
  }

  private static void assertSame(List<HostBatch> actual, List<HostBatch> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).images()).isEqualTo(expected.get(i).images());
      assertThat(actual.get(i).labels()).isEqualTo(expected.get(i).labels());
      assertThat(actual.get(i).examples()).isEqualTo(expected.get(i).examples());
    }
  }

  @Test
  void labelsAreThoseOfTheirOwnPicture() {
    FakeDataset data = new FakeDataset(12);
    try (BatchLoader loader =
        loader(data, BatchLoaderMasksTest::half, VARIED, OnBadImage.FAIL, 2)) {
      for (HostBatch batch : all(loader, 2)) {
        for (int i = 0; i < 4; i++) {
          byte own = (byte) Integer.parseInt(batch.examples().get(i).id());
          byte[] labels = Arrays.copyOfRange(batch.labels(), i * 256, (i + 1) * 256);
          for (byte label : labels) {
            assertThat(label).isIn(own, (byte) 0, (byte) IndexMask.IGNORE);
          }
        }
      }
    }
  }

  @Test
  void masksChangeNoPicture() {
    FakeDataset data = new FakeDataset(12);
    try (BatchLoader with = loader(data, BatchLoaderMasksTest::half, VARIED, OnBadImage.FAIL, 1);
        BatchLoader without =
            new BatchLoader(
                data, data.examples(), VARIED, InputSpec.CENTRED, 4, 1, OnBadImage.FAIL, 1)) {
      List<HostBatch> labelled = all(with, 2);
      List<HostBatch> plain = all(without, 2);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(labelled.get(i).images()).isEqualTo(plain.get(i).images());
        assertThat(plain.get(i).labels()).isEmpty();
      }
    }
  }

  @Test
  void workersMemoryAndStartChangeNoLabel() {
    AugmentationConfig noMemory =
        new AugmentationConfig(12, 24, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 16, 0);
    FakeDataset data = new FakeDataset(20, 3);
    MaskSource masks = BatchLoaderMasksTest::half;
    try (BatchLoader one = loader(data, masks, VARIED, OnBadImage.SKIP, 1);
        BatchLoader three = loader(data, masks, noMemory, OnBadImage.SKIP, 3);
        BatchLoader resumed = loader(data, masks, VARIED, OnBadImage.SKIP, 2)) {
      List<HostBatch> whole = all(one, 3);
      assertSame(all(three, 3), whole);
      List<HostBatch> rest = new ArrayList<>();
      resumed.epoch(3, 2).forEachRemaining(rest::add);
      assertSame(rest, whole.subList(12, 15));
    }
  }

  @Test
  void masksAreReadOnceWhereTheyFit() {
    AtomicInteger read = new AtomicInteger();
    MaskSource counting =
        example -> {
          read.incrementAndGet();
          return half(example);
        };
    try (BatchLoader loader = loader(new FakeDataset(8), counting, VARIED, OnBadImage.FAIL, 1)) {
      all(loader, 3);
      assertThat(read).hasValue(8);
    }
  }

  @Test
  void aMaskOfAnotherSizeIsABadPictureWithBothSizes() {
    MaskSource turned =
        example -> example.id().equals("5") ? new IndexMask(10, 20, new byte[200]) : half(example);
    String found = "5: the mask is 10×20, its picture 20×10; a mask has the size of its picture";
    try (LogLines log = LogLines.of(Pictures.class);
        BatchLoader loader = loader(new FakeDataset(8), turned, VARIED, OnBadImage.SKIP, 2)) {
      all(loader, 2);
      assertThat(log.lines()).containsExactly("WARN skipped a picture: " + found);
      assertThat(loader.badImages()).isEqualTo(1);
    }
    try (BatchLoader loader = loader(new FakeDataset(8), turned, VARIED, OnBadImage.FAIL, 2)) {
      assertThatThrownBy(() -> all(loader, 1))
          .isInstanceOf(DataException.class)
          .hasMessage(found + " (on-bad-image: skip would take another picture instead)");
    }
  }

  @Test
  void aFolderOfPseudoLabelsGivesThoseThatAreThere(@TempDir Path folder)
      throws IOException, BadImageException {
    FakeDataset data = new FakeDataset(4);
    new MaskFile(folder.resolve("1.png")).write(new IndexMask(2, 1, new byte[] {1, (byte) 255}));
    new MaskFile(folder.resolve("3.png")).write(new IndexMask(2, 2, new byte[] {0, 1, 0, 7}));
    MaskFolder masks = new MaskFolder(folder, data);

    List<Example> there = masks.having(data.examples());
    assertThat(there).extracting(Example::id).containsExactly("1", "3");
    assertThat(masks.mask(there.get(0)).indices()).containsExactly(1, 255);
    assertThatThrownBy(() -> masks.mask(there.get(1)))
        .isInstanceOf(BadImageException.class)
        .hasMessage(
            folder.resolve("3.png")
                + ": value 7 at column 1, row 1 is no class; allowed are 0 (background) to 1"
                + " (thing) and 255 (not counted)");
  }

  @Test
  void aDataSetWithoutAMaskSaysSo() {
    FakeDataset data = new FakeDataset(4);
    assertThatThrownBy(() -> new OwnMasks(data).mask(data.examples().get(2)))
        .isInstanceOf(BadImageException.class)
        .hasMessage("2: the data set has no mask of it");
  }
}
