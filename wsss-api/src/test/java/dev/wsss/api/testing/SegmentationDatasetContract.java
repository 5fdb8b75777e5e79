package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SegmentationDataset} promises; extend it with yours. */
public abstract class SegmentationDatasetContract {
  private static final byte[] NO_MASK = {};

  /** A new data set, the same each time. */
  protected abstract SegmentationDataset open();

  /** Whether masks are so exact that their classes are the image-level labels. */
  protected abstract boolean masksShowExactlyTheLabels();

  /** How many pictures of each split are decoded by these tests. */
  protected int pictures() {
    return 12;
  }

  /**
   * Whether {@link #open} reads files of this test alone, which may be replaced by broken ones; the
   * first of {@link SegmentationDataset#files} is then the picture, and a second one its mask.
   */
  protected boolean filesMayBeReplaced() {
    return false;
  }

  @Test
  void everySplitHasPicturesAndNoIdTwice() {
    SegmentationDataset data = open();
    assertThat(data.splits()).isNotEmpty().doesNotHaveDuplicates();
    for (String split : data.splits()) {
      Set<String> ids = new HashSet<>();
      assertThat(data.examples(split)).as(split).isNotEmpty();
      for (Example example : data.examples(split)) {
        assertThat(ids.add(example.id())).as(split + " repeats " + example.id()).isTrue();
      }
    }
  }

  @Test
  void everyLabelIsAClass() {
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      for (Example example : data.examples(split)) {
        assertThat(example.labels().length())
            .as(example.id())
            .isLessThanOrEqualTo(data.classes().count());
      }
    }
  }

  @Test
  void anUnknownSplitIsRefusedWithTheKnownOnes() {
    SegmentationDataset data = open();
    assertThatThrownBy(() -> data.examples("no-such-split"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no-such-split")
        .hasMessageContaining(data.splits().get(0));
  }

  @Test
  void openingTwiceGivesTheSamePictures() throws BadImageException {
    SegmentationDataset first = open();
    SegmentationDataset second = open();
    assertThat(second.classes()).isEqualTo(first.classes());
    assertThat(second.splits()).isEqualTo(first.splits());
    for (String split : first.splits()) {
      assertThat(second.examples(split)).isEqualTo(first.examples(split));
      for (Example example : some(first, split)) {
        assertThat(second.image(example).rgb()).isEqualTo(first.image(example).rgb());
        assertThat(second.mask(example).map(IndexMask::indices).orElse(NO_MASK))
            .isEqualTo(first.mask(example).map(IndexMask::indices).orElse(NO_MASK));
      }
    }
  }

  @Test
  void masksHaveTheSizeOfTheirPicturesAndHoldClassesOnly() throws BadImageException {
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      for (Example example : some(data, split)) {
        RgbImage image = data.image(example);
        Optional<IndexMask> mask = data.mask(example);
        if (mask.isPresent()) {
          assertThat(mask.get().width()).as(example.id()).isEqualTo(image.width());
          assertThat(mask.get().height()).as(example.id()).isEqualTo(image.height());
          assertThat(classesIn(mask.get()).length())
              .as(example.id())
              .isLessThanOrEqualTo(data.classes().count());
        }
      }
    }
  }

  @Test
  void exactMasksShowTheLabels() throws BadImageException {
    SegmentationDataset data = open();
    Assumptions.assumeTrue(masksShowExactlyTheLabels(), "masks need not show the labels");
    for (String split : data.splits()) {
      for (Example example : some(data, split)) {
        IndexMask mask = data.mask(example).orElseThrow();
        assertThat(classesIn(mask)).as(example.id()).isEqualTo(example.labels());
      }
    }
  }

  @Test
  void theFilesOfAPictureExist() {
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      for (Example example : some(data, split)) {
        assertThat(data.files(example)).as(example.id()).allMatch(Files::isRegularFile);
      }
    }
  }

  @Test
  void everyPictureOfASplitHasAMaskNameOfItsOwn() {
    SegmentationDataset data = open();
    for (String split : data.splits()) {
      Set<String> names = new HashSet<>();
      for (Example example : data.examples(split)) {
        String name = data.maskName(example);
        assertThat(names.add(name)).as(split + " repeats " + name).isTrue();
        assertThat(name).endsWith(".png").doesNotStartWith("/").doesNotContain("\\");
        for (String part : name.split("/", -1)) {
          assertThat(part).as(name).isNotIn("", ".", "..");
          assertThat(part.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void hugeFilesAreRefusedBeforeTheyAreDecoded() throws IOException {
    Assumptions.assumeTrue(filesMayBeReplaced(), "the files are not this test's");
    SegmentationDataset data = open();
    for (Example example : data.examples(data.splits().get(0))) {
      List<Path> files = data.files(example);
      if (files.size() > 1) {
        Files.write(files.get(1), HugePng.ofSize(30_000, 30_000));
        assertThatThrownBy(() -> data.mask(example))
            .isInstanceOf(BadImageException.class)
            .hasMessageContaining(files.get(1).toString());
      }
      Files.write(files.get(0), HugePng.ofSize(30_000, 30_000));
      assertThatThrownBy(() -> data.image(example))
          .isInstanceOf(BadImageException.class)
          .hasMessageContaining(files.get(0).toString())
          .hasMessageContaining("30000×30000");
    }
  }

  @Test
  void filesMayBeLinks() throws IOException {
    Assumptions.assumeTrue(filesMayBeReplaced(), "the files are not this test's");
    SegmentationDataset plain = open();
    Path elsewhere = Files.createTempDirectory("elsewhere");
    try {
      for (Example example : plain.examples(plain.splits().get(0))) {
        byte[] before = plain.image(example).rgb();
        byte[] mask = plain.mask(example).map(IndexMask::indices).orElse(NO_MASK);
        for (Path file : plain.files(example)) {
          Path target = elsewhere.resolve(UUID.randomUUID().toString());
          Files.move(file, target);
          Files.createSymbolicLink(file, target);
        }
        SegmentationDataset linked = open();
        assertThat(linked.image(example).rgb()).isEqualTo(before);
        assertThat(linked.mask(example).map(IndexMask::indices).orElse(NO_MASK)).isEqualTo(mask);
      }
    } finally {
      try (Stream<Path> files = Files.list(elsewhere)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(elsewhere);
    }
  }

  @Test
  void severalThreadsReadAtOnce() throws Exception {
    SegmentationDataset data = open();
    List<Example> examples = some(data, data.splits().get(0));
    var threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<List<byte[]>>> reads = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        examples.forEach(example -> reads.add(() -> pixels(data, example)));
      }
      List<Future<List<byte[]>>> read = threads.invokeAll(reads);
      for (int i = 0; i < read.size(); i++) {
        List<byte[]> alone = pixels(data, examples.get(i % examples.size()));
        assertThat(read.get(i).get().get(0)).isEqualTo(alone.get(0));
        assertThat(read.get(i).get().get(1)).isEqualTo(alone.get(1));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<byte[]> pixels(SegmentationDataset data, Example example)
      throws BadImageException {
    return List.of(
        data.image(example).rgb(), data.mask(example).map(IndexMask::indices).orElse(NO_MASK));
  }

  private List<Example> some(SegmentationDataset data, String split) {
    List<Example> all = data.examples(split);
    return all.subList(0, Math.min(pictures(), all.size()));
  }

  private static BitSet classesIn(IndexMask mask) {
    BitSet classes = new BitSet();
    for (byte index : mask.indices()) {
      int value = index & 0xff;
      if (value != 0 && value != IndexMask.IGNORE) {
        classes.set(value - 1);
      }
    }
    return classes;
  }
}
