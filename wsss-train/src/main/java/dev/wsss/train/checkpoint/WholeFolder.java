package dev.wsss.train.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that is replaced whole: at every moment, even if the process is killed or the disk is
 * full, {@link #current()} is the old content or the new one.
 *
 * <p>New content is written to {@code .NAME.partial} and flushed to disk, {@code NAME} moves to
 * {@code .NAME.previous}, the new one takes its place. A reader that finds no {@code NAME} uses the
 * previous.
 */
public final class WholeFolder {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFolder.class);

  private final Path folder;
  private final Path partial;
  private final Path previous;

  public WholeFolder(Path folder) {
    this.folder = folder;
    this.partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
    this.previous = folder.resolveSibling("." + folder.getFileName() + ".previous");
  }

  /**
   * Writes files into an empty folder.
   *
   * @param <T> what the writer has to tell
   */
  @FunctionalInterface
  public interface Content<T> {
    T writeTo(Path emptyFolder) throws IOException;
  }

  /** The content that stands, if there is any. */
  public Optional<Path> current() {
    return Stream.of(folder, previous).filter(Files::isDirectory).findFirst();
  }

  /**
   * Replaces the content.
   *
   * @return what the writer tells
   * @throws IOException if it could not be written; then the old content stands and nothing half
   *     written is left
   */
  public <T> T replace(Content<T> content) throws IOException {
    T told;
    try {
      delete(partial);
      Files.createDirectories(partial);
      told = content.writeTo(partial);
      flush(partial);
    } catch (IOException | RuntimeException e) {
      try {
        delete(partial);
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
    if (Files.isDirectory(folder)) {
      delete(previous);
      Files.move(folder, previous, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    try {
      delete(previous);
    } catch (IOException e) {
      // The new content stands; what is left of the old one goes at the next replacement.
      LOG.debug("{} could not be deleted", previous, e);
    }
    return told;
  }

  private static void flush(Path folder) throws IOException {
    for (Path file : contentOf(folder)) {
      if (Files.isRegularFile(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : contentOf(folder)) {
        Files.delete(file);
      }
    }
  }

  /** The folder and all below it, deepest first. */
  private static List<Path> contentOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
