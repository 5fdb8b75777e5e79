package dev.wsss.eval.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store that is being written: shards and index, which only grow. After a write that
 * failed nothing more is written, since something half may stand at the end. Plain files and not
 * channels, which an interrupt would close. Not for several threads.
 */
final class StoreFiles implements AutoCloseable {
  private final Path folder;
  private final StoreSettings settings;
  private final RandomAccessFile index;
  private CRC32 checksum = new CRC32();
  private List<String> stored = List.of();
  private boolean finished;
  private @Nullable RandomAccessFile shard;
  private int shardNumber;
  private long shardBytes;
  private @Nullable IOException failure;

  private StoreFiles(Path folder, StoreSettings settings, RandomAccessFile index) {
    this.folder = folder;
    this.settings = settings;
    this.index = index;
  }

  /**
   * Opens or makes the files, and cuts off what is half written.
   *
   * @param ids of the pictures that the store is for
   */
  static StoreFiles open(Path folder, StoreSettings settings, List<String> ids) throws IOException {
    Path file = folder.resolve(IndexText.FILE);
    if (!Files.exists(file)) {
      requireEmpty(folder);
      Files.createDirectories(folder);
    }
    RandomAccessFile index = new RandomAccessFile(file.toFile(), "rw");
    try {
      requireLock(folder, index);
      StoreFiles files = new StoreFiles(folder, settings, index);
      files.goOn(file, ids);
      return files;
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new MapStoreException(
              "%s holds other files and no %s; choose another folder"
                  .formatted(folder, IndexText.FILE));
        }
      }
    }
  }

  private static void requireLock(Path folder, RandomAccessFile index) throws IOException {
    boolean locked;
    try {
      locked = index.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // held by this very process
    }
    if (!locked) {
      throw new MapStoreException(
          folder + " is being written to by another process; wait for it, or choose another");
    }
  }

  private void goOn(Path file, List<String> ids) throws IOException {
    byte[] header = IndexHeader.bytes(IndexHeader.lines(settings));
    if (isTornHeader(header)) {
      index.setLength(0);
      index.write(header);
      checksum.update(header, 0, header.length);
      return;
    }
    IndexScan scan = IndexScan.of(file, Channels.newInputStream(index.getChannel()));
    requireSame(scan.settings(), file);
    stored = List.copyOf(scan.lines().keySet());
    finished = scan.finished();
    requireSame(ids);
    Shards.require(folder, scan.lines().values());
    IndexLine.Stored last = scan.last();
    if (last != null) {
      // A machine that lost its power may have kept the index and not the maps.
      MapStore.read(folder, last);
      shardNumber = last.shard();
      shardBytes = last.end();
    }
    index.setLength(scan.wholeBytes());
    index.seek(scan.wholeBytes());
    checksum = scan.checksum();
  }

  private boolean isTornHeader(byte[] header) throws IOException {
    if (index.length() >= header.length) {
      return false;
    }
    byte[] there = new byte[(int) index.length()];
    index.readFully(there);
    index.seek(0);
    return Arrays.equals(there, Arrays.copyOf(header, there.length));
  }

  private void requireSame(@Nullable StoreSettings there, Path file) {
    if (there == null) {
      throw new MapStoreException(
          "%s: another header, and torn; delete the folder, or choose another".formatted(file));
    }
    List<String> before = IndexHeader.lines(there);
    List<String> now = IndexHeader.lines(settings);
    for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
      String was = i < before.size() ? before.get(i) : "nothing";
      String is = i < now.size() ? now.get(i) : "nothing";
      if (!was.equals(is)) {
        throw new MapStoreException(
            "%s holds other maps: there '%s', now '%s'; choose another folder, or delete this one"
                .formatted(folder, was.replace('\t', ' '), is.replace('\t', ' ')));
      }
    }
  }

  private void requireSame(List<String> ids) {
    for (int i = 0; i < stored.size(); i++) {
      String now = i < ids.size() ? "'" + ids.get(i) + "'" : "nothing";
      if (!now.equals("'" + stored.get(i) + "'")) {
        throw new MapStoreException(
            "%s holds other pictures: number %d is '%s' there, now %s; choose another folder, or delete this one"
                .formatted(folder, i + 1, stored.get(i), now));
      }
    }
    if (finished && stored.size() < ids.size()) {
      throw new MapStoreException(
          "%s is finished with %d pictures, now there are %d; choose another folder, or delete this one"
              .formatted(folder, stored.size(), ids.size()));
    }
  }

  /** The pictures that were there when it was opened, in order. */
  List<String> stored() {
    return stored;
  }

  /** Appends a picture's bytes to the last shard, or to a new one, and then its line. */
  void add(StoredMaps maps, byte[] bytes) throws IOException {
    guarded(
        () -> {
          if (shardBytes > 0 && shardBytes + bytes.length > settings.shardBytes()) {
            closeShard();
            shardNumber++;
            shardBytes = 0;
          }
          RandomAccessFile to = openShard();
          to.write(bytes);
          appendLine(
              new IndexLine.Stored(
                      maps.id(),
                      shardNumber,
                      shardBytes,
                      bytes.length,
                      IndexText.crc(bytes),
                      maps.grid(),
                      maps.present(),
                      maps.probabilities())
                  .text());
          shardBytes += bytes.length;
        });
  }

  /** Notes that a picture has no maps. */
  void leaveOut(String id, String reason) throws IOException {
    guarded(() -> appendLine(new IndexLine.LeftOut(id, reason).text()));
  }

  /** Ends the index, once; what was written is on the disk then. */
  void finish() throws IOException {
    if (!finished) {
      guarded(
          () -> {
            closeShard();
            appendLine("#end");
            index.getFD().sync();
            finished = true;
          });
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  /** Throws what made a write fail, if one did. */
  void requireGood() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void guarded(Write write) throws IOException {
    requireGood();
    try {
      write.run();
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (RuntimeException | Error e) {
      failure = new IOException(e.toString(), e);
      throw e;
    }
  }

  private RandomAccessFile openShard() throws IOException {
    RandomAccessFile open = shard;
    if (open == null) {
      open = new RandomAccessFile(Shards.file(folder, shardNumber).toFile(), "rw");
      shard = open;
      if (open.length() > shardBytes) {
        open.setLength(shardBytes); // what a killed process had begun
      }
      open.seek(shardBytes);
    }
    return open;
  }

  private void closeShard() throws IOException {
    RandomAccessFile open = shard;
    if (open != null) {
      shard = null;
      try (open) {
        if (failure == null) {
          open.getFD().sync();
        }
      }
    }
  }

  private void appendLine(String text) throws IOException {
    byte[] begin = (text + "\t").getBytes(StandardCharsets.UTF_8);
    checksum.update(begin);
    byte[] end = (IndexText.hex(checksum) + "\n").getBytes(StandardCharsets.UTF_8);
    checksum.update(end);
    byte[] line = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, line, begin.length, end.length);
    index.write(line);
  }

  @Override
  public void close() throws IOException {
    try (index) {
      closeShard();
    }
  }
}
