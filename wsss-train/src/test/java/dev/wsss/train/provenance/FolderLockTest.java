package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir private Path temp;

  /** Takes a folder in a process of its own, says so, and sleeps. */
  static final class Holder {
    public static void main(String[] args) throws InterruptedException {
      FolderLock.take(Path.of(args[0]));
      System.out.println("held");
      Thread.sleep(60_000);
    }
  }

  @Test
  void aFolderThatAnotherProcessHasIsRefusedUntilThatIsKilled()
      throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                temp.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> FolderLock.take(temp))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              temp
                  + " is in use by process "
                  + other.pid()
                  + "; wait until that ends, or choose another folder");
    } finally {
      other.destroyForcibly().waitFor();
    }
    FolderLock.take(temp).close();
  }

  @Test
  void aFolderThatThisProcessHasIsRefusedUntilItIsGivenBack() {
    Path folder = temp.resolve("new");
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThat(lock).isNotNull();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> FolderLock.take(temp.resolve("./new")))
            .isInstanceOf(RunFolderException.class)
            .hasMessage(
                temp.resolve("./new")
                    + " is in use by this process; wait until that ends, or choose another folder");
      }
    }
    FolderLock.take(folder).close();
  }

  @Test
  void aFolderThatWasMadeForNothingGoes() throws IOException {
    Path folder = temp.resolve("new");
    FolderLock.take(folder).close();
    assertThat(folder).doesNotExist();
    try (FolderLock lock = FolderLock.take(folder)) {
      Files.writeString(folder.resolve("file"), "");
    }
    assertThat(folder.resolve("file")).exists();
  }

  @Test
  void aLockMakesNoFolderUsed() throws IOException {
    FolderLock.take(temp).close();
    assertThat(new RunFolder(temp).isUsed()).isFalse();
  }
}
