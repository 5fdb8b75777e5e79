package dev.wsss.train.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
  @TempDir private Path temp;

  /** Takes or shares a folder in a process of its own, says so, and sleeps. */
  static final class Holder {
    public static void main(String[] args) throws InterruptedException {
      Path folder = Path.of(args[0]);
      if (args[1].equals("take")) {
        FolderLock.take(folder);
        say("held");
      } else {
        FolderLock lock = FolderLock.share(folder);
        say("held");
        if (args[1].equals("turn")) {
          lock.alone(() -> say("my turn"));
        }
      }
      Thread.sleep(60_000);
    }

    private static boolean say(String what) {
      System.out.println(what);
      return true;
    }
  }

  private Process other(String how) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            temp.toString(),
            how)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aFolderThatAnotherProcessHasIsRefusedUntilThatIsKilled()
      throws IOException, InterruptedException {
    Process other = other("take");
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> FolderLock.take(temp))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              temp
                  + " is in use by process "
                  + other.pid()
                  + "; wait until that ends, or choose another folder");
      assertThatThrownBy(() -> FolderLock.share(temp))
          .hasMessageContaining(" is in use by process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    FolderLock.take(temp).close();
  }

  @Test
  void aFolderThatAnotherProcessSharesIsSharedAndNotTaken()
      throws IOException, InterruptedException {
    Process other = other("share");
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> FolderLock.take(temp))
          .isInstanceOf(RunFolderException.class)
          .hasMessage(
              temp
                  + " is in use by processes that share it; wait until that ends, or choose another"
                  + " folder");
      try (FolderLock lock = FolderLock.share(temp)) {
        assertThat(lock.<String>alone(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> FolderLock.share(temp))
            .hasMessageContaining(" is in use by this process;");
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
    FolderLock.take(temp).close();
  }

  @Test
  void oneOfThoseThatShareHasItsTurnAtATime() throws IOException, InterruptedException {
    Process[] started = new Process[1];
    try (FolderLock lock = FolderLock.share(temp)) {
      BufferedReader said =
          lock.alone(
              () -> {
                try {
                  started[0] = other("turn");
                  BufferedReader reader = started[0].inputReader(StandardCharsets.UTF_8);
                  assertThat(reader.readLine()).isEqualTo("held");
                  Thread.sleep(300);
                  assertThat(reader.ready()).as("the other waits").isFalse();
                  return reader;
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(said.readLine()).isEqualTo("my turn");
    } finally {
      started[0].destroyForcibly().waitFor();
    }
  }

  @Test
  void whoWaitsForATurnCanBeInterrupted() {
    try (FolderLock lock = FolderLock.share(temp)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lock.alone(() -> "never"))
          .isInstanceOf(CancellationException.class)
          .hasMessage("stopped while another process had its turn in " + temp);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
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
  void aFolderThatSomebodyHasIsNotTidied() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("begun"));
    Files.writeString(folder.resolve("run.log"), "x");
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThat(lock).isNotNull();
      FolderLock.tidy(folder);
      assertThat(folder.resolve("run.log")).exists();
      assertThat(folder.resolve(".lock")).exists();
    }

    Thread.currentThread().interrupt();
    FolderLock.tidy(folder);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder).doesNotExist();
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("provenance.json"), "x");
    FolderLock.tidy(folder);
    assertThat(folder.resolve("provenance.json")).exists();
  }

  @Test
  void aLockMakesNoFolderUsed() throws IOException {
    FolderLock.take(temp).close();
    assertThat(new RunFolder(temp).isUsed()).isFalse();
  }
}
