package dev.wsss.train.cli;

import dev.wsss.eval.report.IoReason;
import dev.wsss.train.provenance.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a command writes to; one that was made for nothing goes again. */
final class OutputFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

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
    if (!isNew) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      List<Path> files = content.toList();
      if (files.stream().allMatch(f -> RunFolder.isBeginning(String.valueOf(f.getFileName())))) {
        for (Path file : files) {
          Files.delete(file);
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      LOG.debug("{} could not be tidied", folder, e);
    }
  }
}
