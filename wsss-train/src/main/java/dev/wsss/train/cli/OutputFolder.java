package dev.wsss.train.cli;

import dev.wsss.eval.report.IoReason;
import dev.wsss.train.provenance.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a command writes to; one that was made for nothing goes again. */
final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private final boolean isNew;

  private OutputFolder(Path folder, boolean isNew) {
    this.folder = folder;
    this.isNew = isNew;
  }

  /**
   * Makes the folder where there is none.
   *
   * @throws UncheckedIOException with the operating system's reason, if it cannot be made
   */
  static OutputFolder make(Path folder) {
    boolean isNew = !Files.exists(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
    return new OutputFolder(folder, isNew);
  }

  /** Removes a new folder that holds no more than the beginning of some work. */
  @Override
  public void close() {
    if (isNew) {
      FolderLock.tidy(folder);
    }
  }
}
