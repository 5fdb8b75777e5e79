package dev.wsss.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
  @TempDir private Path temp;

  @Test
  void saysWhatTheMessageLeavesOut() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    Path missing = temp.resolve("missing/file");

    assertThat(reason(() -> Files.createDirectory(file))).isEqualTo(file + ": File exists");
    assertThat(reason(() -> Files.createFile(missing)))
        .isEqualTo(missing + ": No such file or directory");
    assertThat(IoReason.of(new AccessDeniedException("/root")))
        .isEqualTo("/root: Permission denied");
  }

  @Test
  void repeatsNothing() throws IOException {
    Path inFile = Files.createFile(temp.resolve("file")).resolve("x");

    assertThat(reason(() -> Files.createFile(inFile))).isEqualTo(inFile + ": Not a directory");
    assertThat(IoReason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  private interface Work {
    void run() throws IOException;
  }

  private static String reason(Work work) {
    return IoReason.of(catchThrowableOfType(IOException.class, work::run));
  }
}
