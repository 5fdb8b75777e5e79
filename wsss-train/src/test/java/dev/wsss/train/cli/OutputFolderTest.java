package dev.wsss.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.train.provenance.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path temp;

  @Test
  void aNewFolderWithNoMoreThanABeginningGoesUnlessSomebodyHasIt() throws IOException {
    Path folder = temp.resolve("run");
    OutputFolder made = OutputFolder.make(folder);
    Files.writeString(folder.resolve("run.log"), "x");
    try (FolderLock other = FolderLock.take(folder)) {
      assertThat(other).isNotNull();
      made.close();
      assertThat(folder.resolve("run.log")).exists();
    }

    made.close();

    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderThatWasThereStays() throws IOException {
    OutputFolder.make(temp).close();

    assertThat(temp).isEmptyDirectory();
  }
}
