package dev.wsss.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file whole or not at all: beside its place first, then renamed into it. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes a file that is not in its place yet. */
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** Makes the folder if needed; leaves an older file as it was if writing fails. */
  public static void write(Path target, Content content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(target + " is no file");
    }
    Files.createDirectories(folder);
    // Not Files.createTempFile, which lets nobody else read the file. Without the target's name,
    // which may have all the bytes that a file's name can have.
    Path unfinished = folder.resolve("." + UUID.randomUUID() + ".unfinished");
    try {
      content.writeTo(unfinished);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
