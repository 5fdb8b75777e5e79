package dev.wsss.api.weights;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a zip archive lie in its file. Entries are read in their place, so only
 * those that are stored as they are can be read; PyTorch and numpy's {@code savez} compress none.
 */
final class ZipArchive {
  private final SourceFile file;
  private final Map<String, Entry> entries;

  /**
   * An entry.
   *
   * @param begin its first byte in the file
   * @param packed why its bytes are not its content; empty where they are
   */
  record Entry(String name, long begin, long size, String packed) {}

  private ZipArchive(SourceFile file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /** Reads the directory of an archive, and checks that its entries lie within the file. */
  static ZipArchive of(SourceFile file) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (ZipFile zip = ZipFile.builder().setPath(file.path()).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        Entry placed = placed(file, entry);
        if (entries.put(placed.name(), placed) != null) {
          throw damaged(file, "two entries are called " + Shown.name(placed.name()), null);
        }
      }
    } catch (IOException | IllegalArgumentException e) { // the library throws both
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
    return new ZipArchive(file, entries);
  }

  private static Entry placed(SourceFile file, ZipArchiveEntry entry) {
    boolean stored = entry.getMethod() == ZipArchiveEntry.STORED;
    String packed =
        entry.getGeneralPurposeBit().usesEncryption()
            ? "encrypted"
            : stored && entry.getSize() == entry.getCompressedSize() ? "" : "compressed";
    long begin = entry.getDataOffset();
    long length = stored ? entry.getSize() : entry.getCompressedSize();
    if (begin < 0 || length < 0 || length > file.size() - begin) {
      throw damaged(
          file, "its entry %s is not within it".formatted(Shown.name(entry.getName())), null);
    }
    return new Entry(entry.getName(), begin, entry.getSize(), packed);
  }

  private static RuntimeException damaged(
      SourceFile file, String reason, @Nullable Throwable cause) {
    RuntimeException error =
        file.error(" is a damaged or unfinished archive: " + Shown.name(reason));
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }

  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  @Nullable Entry find(String name) {
    return entries.get(name);
  }

  /**
   * Refuses an entry whose bytes in the file are not its content.
   *
   * @param remedy how to write it otherwise
   */
  void requireStored(Entry entry, String remedy) {
    if (!entry.packed().isEmpty()) {
      throw file.error(
          " cannot be read: its entry %s is %s; %s"
              .formatted(Shown.name(entry.name()), entry.packed(), remedy));
    }
  }
}
