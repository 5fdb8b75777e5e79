package dev.wsss.eval.report;

import java.io.IOException;
import java.nio.file.FileSystemException;
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

  /**
   * Makes the folder if needed; leaves an older file as it was if writing fails.
   *
   * @throws IOException that names the file
   */
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
    } catch (IOException e) {
      throw naming(target, e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * The same error with the file that it is about, which that of a full disk does not name, and
   * without what a library has laid over it.
   */
  public static IOException naming(Path file, IOException e) {
    if (e instanceof FileSystemException) {
      return e;
    }
    Throwable first = e;
    while (first.getCause() instanceof IOException cause) {
      first = cause;
    }
    return new IOException(file + ": " + first.getMessage(), e);
  }
}
