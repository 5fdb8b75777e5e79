package dev.wsss.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFolderTest {
  @TempDir Path temp;

  @Test
  void replacesTheWholeContent() throws IOException {
    WholeFolder folder = new WholeFolder(temp.resolve("last"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "1"));
    folder.replace(f -> Files.writeString(f.resolve("b"), "2"));

    assertThat(folder.current()).contains(temp.resolve("last"));
    assertThat(temp.resolve("last").resolve("a")).doesNotExist();
    assertThat(temp.resolve("last").resolve("b")).hasContent("2");
    assertThat(names(temp)).containsExactly("last");
  }

  @Test
  void aFullDiskKeepsTheOldContentAndLeavesNothingHalfWritten() throws IOException {
    WholeFolder folder = new WholeFolder(temp.resolve("last"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "1"));

    assertThatThrownBy(
            () ->
                folder.replace(
                    f -> {
                      Files.writeString(f.resolve("a"), "half");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");

    assertThat(temp.resolve("last").resolve("a")).hasContent("1");
    assertThat(names(temp)).containsExactly("last");
  }

  @Test
  void aProcessKilledWhileWritingLeavesTheOldContentInCharge() throws IOException {
    WholeFolder folder = new WholeFolder(temp.resolve("last"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "1"));
    // What a kill leaves behind: the partial folder of the write that never ended.
    Files.createDirectories(temp.resolve(".last.partial"));
    Files.writeString(temp.resolve(".last.partial").resolve("a"), "ha");

    assertThat(folder.current()).contains(temp.resolve("last"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "2"));
    assertThat(temp.resolve("last").resolve("a")).hasContent("2");
    assertThat(names(temp)).containsExactly("last");
  }

  @Test
  void aProcessKilledBetweenTheTwoMovesLeavesThePreviousContentInCharge() throws IOException {
    WholeFolder folder = new WholeFolder(temp.resolve("last"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "1"));
    Files.move(temp.resolve("last"), temp.resolve(".last.previous"));

    assertThat(folder.current()).contains(temp.resolve(".last.previous"));
    folder.replace(f -> Files.writeString(f.resolve("a"), "2"));
    assertThat(folder.current()).contains(temp.resolve("last"));
    assertThat(names(temp)).containsExactly("last");
  }

  @Test
  void hasNoContentBeforeTheFirstWrite() {
    assertThat(new WholeFolder(temp.resolve("last")).current()).isEmpty();
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList().stream();
    }
  }
}
