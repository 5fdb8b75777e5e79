package dev.wsss.eval.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;

/** The files that hold the maps of many pictures, one behind the other. */
final class Shards {
  private Shards() {}

  static Path file(Path folder, int shard) {
    return folder.resolve(String.format(Locale.ROOT, "shard-%05d.bin", shard));
  }

  /**
   * Checks that every shard is there and long enough, without reading it.
   *
   * @throws MapStoreException if one is not; the message names the first picture that is lost
   */
  static void require(Path folder, Collection<IndexLine> lines) throws IOException {
    int shard = -1;
    long size = 0;
    for (IndexLine line : lines) {
      if (line instanceof IndexLine.Stored stored) {
        if (stored.shard() != shard) {
          shard = stored.shard();
          size = size(file(folder, shard), stored.id());
        }
        if (stored.end() > size) {
          throw new MapStoreException(
              "%s has %d bytes, but picture '%s' lies in bytes %d to %d; %s"
                  .formatted(
                      file(folder, shard),
                      size,
                      stored.id(),
                      stored.offset(),
                      stored.end(),
                      cure()));
        }
      }
    }
  }

  private static long size(Path file, String id) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      throw missing(file, id);
    }
  }

  /**
   * Reads the bytes of a picture. May be called by several threads at once; an interrupt of one
   * does not disturb the others, since each opens the file for itself.
   *
   * @throws MapStoreException if they are not those that were written
   */
  static byte[] read(Path folder, IndexLine.Stored line) throws IOException {
    Path file = file(folder, line.shard());
    if (!Files.exists(file)) {
      throw missing(file, line.id());
    }
    byte[] bytes = new byte[line.length()];
    try (RandomAccessFile shard = new RandomAccessFile(file.toFile(), "r")) {
      shard.seek(line.offset());
      shard.readFully(bytes);
    } catch (EOFException e) {
      throw damaged(folder, line, "it ends there");
    }
    int crc = IndexText.crc(bytes);
    if (crc != line.crc()) {
      throw damaged(
          folder,
          line,
          "checksum %s, expected %s".formatted(IndexText.hex(crc), IndexText.hex(line.crc())));
    }
    return bytes;
  }

  static MapStoreException damaged(Path folder, IndexLine.Stored line, String why) {
    return new MapStoreException(
        "%s: damaged where picture '%s' lies, bytes %d to %d (%s); %s"
            .formatted(
                file(folder, line.shard()), line.id(), line.offset(), line.end(), why, cure()));
  }

  private static MapStoreException missing(Path file, String id) {
    return new MapStoreException(
        "%s is missing; picture '%s' lies in it; %s".formatted(file, id, cure()));
  }

  private static String cure() {
    return "delete the folder, and the stage that writes it starts again";
  }
}
