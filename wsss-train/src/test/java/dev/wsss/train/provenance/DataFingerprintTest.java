package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.data.SegmentationDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFingerprintTest {
  private static final int PICTURES = 40;

  @TempDir private Path temp;
  private Path root;

  /** Pictures that are never decoded, in files of ten bytes. */
  private record Files40(Path root) implements SegmentationDataset {
    @Override
    public ClassNames classes() {
      return new ClassNames(List.of("thing"));
    }

    @Override
    public List<String> splits() {
      return List.of("train");
    }

    @Override
    public List<Example> examples(String split) {
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < PICTURES; i++) {
        examples.add(new Example(i + ".png", BitSet.valueOf(new long[] {1})));
      }
      return examples;
    }

    @Override
    public List<Path> files(Example example) {
      return List.of(root.resolve(example.id()));
    }

    @Override
    public RgbImage image(Example example) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<IndexMask> mask(Example example) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void write() throws IOException {
    root = Files.createDirectories(temp.resolve("data"));
    for (int i = 0; i < PICTURES; i++) {
      Files.writeString(root.resolve(i + ".png"), "content-" + i / 10 + i % 10);
    }
  }

  private DataFingerprint fingerprint(long budget) {
    return DataFingerprint.of(new Files40(root), budget);
  }

  @Test
  void anEditOfAnyPictureShows() throws IOException {
    DataFingerprint before = fingerprint(400);
    assertThat(before.of()).isEqualTo("content of all 40 files");
    for (int i : new int[] {0, 1, 39}) {
      Path file = root.resolve(i + ".png");
      String content = Files.readString(file);
      Files.writeString(file, "CONTENT-xx");
      assertThat(fingerprint(400).sha256()).as("picture " + i).isNotEqualTo(before.sha256());
      Files.writeString(file, content);
    }
    assertThat(fingerprint(400)).isEqualTo(before);
  }

  @Test
  void aMovedDataSetKeepsIts() throws IOException {
    DataFingerprint before = fingerprint(400);
    root = Files.move(root, temp.resolve("moved"));
    Files.setLastModifiedTime(root.resolve("1.png"), FileTime.fromMillis(1));
    assertThat(fingerprint(400)).isEqualTo(before);
  }

  @Test
  void overTheBudgetSizesCountAndSomeContents() throws IOException {
    DataFingerprint before = fingerprint(100);
    assertThat(before.of()).isEqualTo("sizes of all 40 files, content of 10");
    assertThat(before.sha256()).isNotEqualTo(fingerprint(400).sha256());
    Files.writeString(root.resolve("1.png"), "longer than before");
    assertThat(fingerprint(100).sha256()).isNotEqualTo(before.sha256());
  }

  @Test
  void aFileThatCannotBeReadIsNoError() throws IOException {
    Files.delete(root.resolve("7.png"));
    assertThat(fingerprint(400).sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> fingerprint(400))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped while the data set was read");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
