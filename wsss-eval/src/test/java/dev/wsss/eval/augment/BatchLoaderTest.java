package dev.wsss.eval.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.config.ConfigException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.network.InputSpec;
import dev.wsss.eval.LogLines;
import dev.wsss.eval.data.TornFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchLoaderTest {
  private static final AugmentationConfig VARIED =
      new AugmentationConfig(12, 24, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 16, 1);

  private static BatchLoader loader(FakeDataset data, int batch, int workers) {
    return loader(data, batch, workers, 1, OnBadImage.SKIP);
  }

  private static BatchLoader loader(
      FakeDataset data, int batch, int workers, long seed, OnBadImage onBadImage) {
    return new BatchLoader(
        data, data.examples(), VARIED, InputSpec.CENTRED, batch, seed, onBadImage, workers);
  }

  private static List<HostBatch> all(BatchLoader loader, int epochs) {
    List<HostBatch> batches = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      loader.epoch(epoch, 0).forEachRemaining(batches::add);
    }
    return batches;
  }

  private static List<String> ids(List<HostBatch> batches) {
    return batches.stream().flatMap(b -> b.examples().stream()).map(Example::id).toList();
  }

  private static void assertSame(List<HostBatch> actual, List<HostBatch> expected) {
    assertThat(ids(actual)).isEqualTo(ids(expected));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).images()).isEqualTo(expected.get(i).images());
    }
  }

  @Test
  void anEpochVisitsEveryPictureOnceInAnOrderOfItsOwn() {
    try (BatchLoader loader = loader(new FakeDataset(12), 4, 2)) {
      assertThat(loader.stepsPerEpoch()).isEqualTo(3);
      List<String> ids = ids(all(loader, 2));
      assertThat(new HashSet<>(ids.subList(0, 12))).hasSize(12);
      assertThat(new HashSet<>(ids.subList(12, 24))).hasSize(12);
      assertThat(ids.subList(12, 24)).isNotEqualTo(ids.subList(0, 12));
    }
  }

  @Test
  void anIncompleteLastBatchIsDropped() {
    try (BatchLoader loader = loader(new FakeDataset(11), 4, 1)) {
      assertThat(loader.stepsPerEpoch()).isEqualTo(2);
      Iterator<HostBatch> epoch = loader.epoch(1, 0);
      epoch.next();
      epoch.next();
      assertThat(epoch.hasNext()).isFalse();
      assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void anyNumberOfWorkersGivesTheSameBatches() {
    try (BatchLoader one = loader(new FakeDataset(20, 3, 7), 4, 1);
        BatchLoader three = loader(new FakeDataset(20, 3, 7), 4, 3)) {
      assertSame(all(three, 3), all(one, 3));
    }
  }

  @Test
  void startingInTheMiddleGivesTheRestOfAnUnbrokenRun() {
    try (BatchLoader unbroken = loader(new FakeDataset(20), 4, 2);
        BatchLoader resumed = loader(new FakeDataset(20), 4, 2)) {
      List<HostBatch> whole = all(unbroken, 3);
      List<HostBatch> rest = new ArrayList<>();
      resumed.epoch(2, 3).forEachRemaining(rest::add);
      resumed.epoch(3, 0).forEachRemaining(rest::add);
      assertSame(rest, whole.subList(8, 15));
    }
  }

  @Test
  void startingAtTheEndOfAnEpochIsAllowed() {
    try (BatchLoader loader = loader(new FakeDataset(8), 4, 1)) {
      assertThat(loader.epoch(1, 2).hasNext()).isFalse();
    }
  }

  @Test
  void anEpochMayBeLeftAndTakenUpAgain() {
    try (BatchLoader loader = loader(new FakeDataset(20), 4, 2)) {
      Iterator<HostBatch> first = loader.epoch(1, 0);
      HostBatch begun = first.next();
      HostBatch elsewhere = loader.epoch(5, 2).next();
      List<HostBatch> rest = new ArrayList<>(List.of(begun));
      first.forEachRemaining(rest::add);
      assertSame(rest, all(loader, 1));
      assertSame(List.of(elsewhere), List.of(loader.epoch(5, 2).next()));
    }
  }

  @Test
  void seedsGiveOtherBatches() {
    try (BatchLoader one = loader(new FakeDataset(20), 4, 1, 1, OnBadImage.SKIP);
        BatchLoader two = loader(new FakeDataset(20), 4, 1, 2, OnBadImage.SKIP)) {
      assertThat(ids(all(two, 1))).isNotEqualTo(ids(all(one, 1)));
    }
  }

  @Test
  void theExamplesBelongToTheCrops() {
    AugmentationConfig plain = new AugmentationConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 1);
    FakeDataset data = new FakeDataset(9);
    try (BatchLoader loader =
        new BatchLoader(
            data, data.examples(), plain, InputSpec.CENTRED, 3, 1, OnBadImage.SKIP, 2)) {
      HostBatch batch = loader.epoch(1, 0).next();
      for (int i = 0; i < 3; i++) {
        float[] crop = Arrays.copyOfRange(batch.images(), i * 192, (i + 1) * 192);
        float[] expected = new float[192];
        Arrays.fill(expected, (Integer.parseInt(batch.examples().get(i).id()) - 127.5f) / 127.5f);
        assertThat(crop).isEqualTo(expected);
      }
    }
  }

  @Test
  void picturesAreDecodedOnceWhereTheyFitAndTheMemoryChangesNoResult() {
    FakeDataset kept = new FakeDataset(8);
    FakeDataset notKept = new FakeDataset(8);
    AugmentationConfig noMemory =
        new AugmentationConfig(12, 24, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 16, 0);
    try (BatchLoader keeping = loader(kept, 4, 1);
        BatchLoader forgetting =
            new BatchLoader(
                notKept,
                notKept.examples(),
                noMemory,
                InputSpec.CENTRED,
                4,
                1,
                OnBadImage.SKIP,
                1)) {
      assertSame(all(forgetting, 3), all(keeping, 3));
      assertThat(kept.decoded).hasValue(8);
      assertThat(notKept.decoded.get()).isGreaterThanOrEqualTo(24);
    }
  }

  @Test
  void aBadPictureIsReplacedAndCountedOnce() {
    try (BatchLoader loader = loader(new FakeDataset(8, 2, 5), 4, 2)) {
      List<HostBatch> batches = all(loader, 3);
      Set<String> seen = new HashSet<>(ids(batches));
      assertThat(seen).hasSize(6).doesNotContain("2", "5");
      assertThat(batches).hasSize(6).allMatch(b -> b.examples().size() == 4);
      assertThat(loader.badImages()).isEqualTo(2);
    }
  }

  @Test
  void aTruncatedJpegIsWarnedOfOnceAndCounted(@TempDir Path root) throws IOException {
    TornFolder folder = TornFolder.create(root);
    try (LogLines log = LogLines.of(Pictures.class);
        BatchLoader loader =
            new BatchLoader(
                folder.data(),
                folder.examples(),
                VARIED,
                InputSpec.CENTRED,
                2,
                1,
                OnBadImage.SKIP,
                2)) {
      assertThat(ids(all(loader, 3))).hasSize(6).containsOnly("whole.jpg");
      assertThat(log.lines())
          .containsExactly("WARN skipped a picture: " + folder.torn() + TornFolder.DAMAGE);
      assertThat(loader.badImages()).isEqualTo(1);
    }
  }

  @Test
  void aBadPictureStopsTheRunWhereItShould() {
    try (BatchLoader loader = loader(new FakeDataset(8, 5), 8, 2, 1, OnBadImage.FAIL)) {
      assertThatThrownBy(() -> loader.epoch(1, 0).next())
          .isInstanceOf(DataException.class)
          .hasMessage("5.jpg: truncated (on-bad-image: skip would take another picture instead)");
    }
  }

  @Test
  void nothingButBadPicturesIsAnErrorEvenWhenSkipping() {
    try (BatchLoader loader = loader(new FakeDataset(2, 0, 1), 2, 1)) {
      assertThatThrownBy(() -> loader.epoch(1, 0).next())
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "none of the 2 training pictures can be decoded; the last of them: "
                  + "[01]\\.jpg: truncated");
    }
  }

  @Test
  void fewerPicturesThanABatchAreRefused() {
    assertThatThrownBy(() -> loader(new FakeDataset(3), 8, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("3 training pictures do not fill one batch of 8; batch may be at most 3 here");
  }

  @Test
  void closingStopsTheThreadsAndRefusesMore() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    BatchLoader loader = loader(new FakeDataset(20), 4, 2);
    Iterator<HostBatch> epoch = loader.epoch(1, 0);
    epoch.next();
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> !before.contains(t) && t.getName().equals("batch-loader"))
            .toList();
    assertThat(workers).hasSize(2);
    loader.close();
    assertThatThrownBy(epoch::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the loader is closed");
    for (Thread worker : workers) {
      worker.join(10_000); // a pool says that it has ended just before its threads do
      assertThat(worker.isAlive()).isFalse();
    }
  }

  @Test
  void whatBrokeABatchIsSaid() {
    FakeDataset data = new FakeDataset(1);
    List<Example> noNumber = List.of(new Example("x", new BitSet()));
    try (BatchLoader loader =
        new BatchLoader(data, noNumber, VARIED, InputSpec.CENTRED, 1, 1, OnBadImage.SKIP, 1)) {
      assertThatThrownBy(() -> loader.epoch(1, 0).next())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "batch 0 of epoch 1 could not be prepared: java.lang.NumberFormatException: For input"
                  + " string: \"x\"");
    }
  }

  @Test
  void batchesThatDoNotFitIntoMemoryAreRefusedBeforeTheFirst() {
    AugmentationConfig huge = new AugmentationConfig(0, 0, 0, 0, 0, 0, 0, 0, 0, 8192, 0);
    assertThatThrownBy(() -> BatchLoader.requireMemory(huge, 8, 2, 4L << 30))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "augmentation.crop: is 8192, which makes batches of 6144 MiB, of which 5 are held at"
                + " once; Java's memory has 4096 MiB (-Xmx), enough for crops of 2991");
    // Two billion numbers are the most that an array holds.
    assertThatThrownBy(() -> BatchLoader.requireMemory(huge, 16, 1, 1L << 50))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("enough for crops of 6688");
    BatchLoader.requireMemory(huge, 8, 2, 1L << 35);
  }
}
