package dev.wsss.train.provenance;

import dev.wsss.eval.report.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder to one writer, or to several processes that share it and nobody else. The
 * operating system holds the lock and frees it when the process ends, however it ends; the file
 * {@code .lock} that stays in the folder then means nothing.
 */
public final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

  /** The file that is locked; it says who locked it last. */
  static final String FILE = ".lock";

  /** Far behind the process number, so that others can read that on systems that forbid it. */
  private static final long LOCKED_BYTE = 1 << 20;

  /** Locked by the one of those that share the folder whose turn it is. */
  private static final long TURN_BYTE = LOCKED_BYTE + 1;

  /**
   * What this process holds. The system's locks belong to the process, and closing a second channel
   * of the same file would free them.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private enum Kind {
    ALONE,
    SHARED;

    String owner() {
      return this == SHARED
          ? "processes that share it"
          : "process " + ProcessHandle.current().pid();
    }
  }

  private final Path folder;
  private final FileChannel channel;
  private final boolean isNew;

  private FolderLock(Path folder, FileChannel channel, boolean isNew) {
    this.folder = folder;
    this.channel = channel;
    this.isNew = isNew;
  }

  /**
   * Takes a folder until the lock is closed; makes the folder where there is none.
   *
   * @throws RunFolderException if another process, or another thread of this one, has it
   * @throws CancellationException if the thread is interrupted
   * @throws UncheckedIOException if nothing can be written there
   */
  public static FolderLock take(Path folder) {
    return lock(folder, Kind.ALONE, !Files.exists(folder));
  }

  /**
   * Takes a folder together with other processes that share it, and keeps {@link #take} out; makes
   * the folder where there is none, which stays.
   *
   * @throws RunFolderException if a process has it for itself, or another thread of this one has it
   * @throws CancellationException if the thread is interrupted
   * @throws UncheckedIOException if nothing can be written there
   */
  public static FolderLock share(Path folder) {
    return lock(folder, Kind.SHARED, false);
  }

  /** Removes a folder that was made for nothing, unless somebody has it. */
  public static void tidy(Path folder) {
    boolean interrupted = Thread.interrupted(); // no file is locked while that is set
    try {
      lock(folder, Kind.ALONE, true).close();
    } catch (RunFolderException | UncheckedIOException e) {
      LOG.debug("{} stays", folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static FolderLock lock(Path folder, Kind kind, boolean isNew) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      if (!HELD.add(real)) {
        throw inUse(folder, "this process");
      }
      try {
        return new FolderLock(real, open(folder, real.resolve(FILE), kind), isNew);
      } catch (IOException | RuntimeException e) {
        HELD.remove(real);
        throw e;
      }
    } catch (ClosedByInterruptException e) {
      throw new CancellationException("stopped before anything was written to " + folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder + ": " + IoReason.of(e), e);
    }
  }

  private static FileChannel open(Path folder, Path file, Kind kind) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isFree(folder, channel, kind)) {
        throw inUse(folder, read(channel));
      }
      byte[] owner = (kind.owner() + "\n").getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(owner), 0);
      channel.truncate(owner.length);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isFree(Path folder, FileChannel channel, Kind kind) {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, kind == Kind.SHARED) != null;
    } catch (IOException e) {
      LOG.warn(
          "{} is on a file system without locks ({}); start nothing else in it",
          folder,
          e.getMessage());
      return true;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(64);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
  }

  private static RunFolderException inUse(Path folder, String owner) {
    return new RunFolderException(
        folder + " is in use by " + owner + "; wait until that ends, or choose another folder");
  }

  /**
   * Does what only one at a time of those that share the folder may do; waits for the others.
   *
   * @throws CancellationException if the thread is interrupted meanwhile
   */
  public <T> T alone(Supplier<T> work) {
    FileLock turn = turn();
    try {
      return work.get();
    } finally {
      end(turn);
    }
  }

  /** Absent where the file system has no locks, which was told when the folder was taken. */
  private @Nullable FileLock turn() {
    try {
      return channel.lock(TURN_BYTE, 1, false);
    } catch (FileLockInterruptionException | ClosedByInterruptException e) {
      throw new CancellationException("stopped while another process had its turn in " + folder);
    } catch (IOException e) {
      LOG.debug("no turns in {}", folder, e);
      return null;
    }
  }

  private void end(@Nullable FileLock turn) {
    try {
      if (turn != null) {
        turn.release();
      }
    } catch (IOException e) {
      LOG.debug("the turn in {} ends with the process", folder, e);
    }
  }

  /** Gives the folder back, and removes it where it was made for nothing. */
  @Override
  public void close() {
    try (channel) {
      if (isNew) {
        removeIfOnlyBegun();
      }
    } catch (IOException e) {
      LOG.debug("{} could not be tidied", folder, e);
    } finally {
      HELD.remove(folder);
    }
  }

  private void removeIfOnlyBegun() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      List<Path> files = content.toList();
      if (files.stream().allMatch(f -> RunFolder.isBeginning(String.valueOf(f.getFileName())))) {
        for (Path file : files) {
          Files.delete(file);
        }
        Files.delete(folder);
      }
    }
  }
}
