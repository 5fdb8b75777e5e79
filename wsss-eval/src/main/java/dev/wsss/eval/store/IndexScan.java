package dev.wsss.eval.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads an index from its beginning, and checks it: each line ends with the CRC-32 of all bytes
 * before, so that nothing can be changed, cut out or put in. The last line may be torn, as a killed
 * writer leaves it.
 */
final class IndexScan {
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;
  private final InputStream in;
  private final CRC32 checksum = new CRC32();
  private final Map<String, IndexLine> lines = new LinkedHashMap<>();
  private @Nullable StoreSettings settings;
  private IndexLine.@Nullable Stored last;
  private int lineNumber;
  private long wholeBytes;
  private boolean finished;

  private IndexScan(Path file, InputStream in) {
    this.file = file;
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * Reads an index.
   *
   * @param file for messages
   * @param in not closed
   * @throws MapStoreException if it is damaged, or of another version
   */
  static IndexScan of(Path file, InputStream in) throws IOException {
    IndexScan scan = new IndexScan(file, in);
    scan.readHeader();
    if (scan.settings != null) {
      scan.readLines();
    }
    return scan;
  }

  /** Null where the header is torn. */
  @Nullable StoreSettings settings() {
    return settings;
  }

  /** By id, in the order of the pictures. */
  Map<String, IndexLine> lines() {
    return lines;
  }

  /** The last picture with maps; null where there is none. */
  IndexLine.@Nullable Stored last() {
    return last;
  }

  /** Whether nothing comes after these lines. */
  boolean finished() {
    return finished;
  }

  /** Length of the file without a torn line. */
  long wholeBytes() {
    return wholeBytes;
  }

  /** Of these bytes; goes on with what is written behind them. */
  CRC32 checksum() {
    return checksum;
  }

  private void readHeader() throws IOException {
    List<String> header = new ArrayList<>();
    for (byte[] line = line(); line != null; line = line()) {
      header.add(text(line));
      if (header.size() == 1) {
        IndexHeader.requireVersion(file, header.get(0));
      }
      take(line);
      if (header.get(header.size() - 1).startsWith("#check\t")) {
        try {
          settings = IndexHeader.read(header);
        } catch (IllegalArgumentException e) {
          throw damaged(e.getMessage());
        }
        return;
      }
    }
    wholeBytes = 0;
  }

  private void readLines() throws IOException {
    for (byte[] line = line(); line != null; line = line()) {
      if (finished) {
        throw damaged("something follows after its end");
      }
      String whole = text(line);
      int check = whole.lastIndexOf('\t') + 1;
      int length = whole.substring(0, check).getBytes(StandardCharsets.UTF_8).length;
      checksum.update(line, 0, length);
      if (!whole.substring(check).equals(IndexText.hex(checksum))) {
        throw damaged("its checksum says so");
      }
      try {
        read(Arrays.asList(whole.substring(0, Math.max(0, check - 1)).split("\t", -1)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw damaged(String.valueOf(e.getMessage()));
      }
      checksum.update(line, length, line.length - length);
      checksum.update('\n');
      wholeBytes += line.length + 1;
    }
  }

  private void read(List<String> fields) {
    IndexLine line;
    switch (fields.get(0)) {
      case "#end" -> {
        finished = true;
        return;
      }
      case IndexLine.LeftOut.MARK -> {
        if (fields.size() != 3) {
          throw new IllegalArgumentException(fields.size() + " fields instead of 3");
        }
        line = new IndexLine.LeftOut(fields.get(1), fields.get(2));
      }
      default -> {
        StoreSettings known = settings;
        int classes = known == null ? 0 : known.classes().count();
        IndexLine.Stored stored = IndexLine.Stored.of(fields, classes);
        requireNext(stored);
        last = stored;
        line = stored;
      }
    }
    if (lines.put(line.id(), line) != null) {
      throw new IllegalArgumentException("picture '" + line.id() + "' stands there twice");
    }
  }

  private void requireNext(IndexLine.Stored line) {
    boolean same = last != null && line.shard() == last.shard() && line.offset() == last.end();
    boolean next = line.shard() == (last == null ? 0 : last.shard() + 1) && line.offset() == 0;
    if (!same && !next) {
      throw new IllegalArgumentException(
          "picture '%s' lies where none can: shard %d, byte %d"
              .formatted(line.id(), line.shard(), line.offset()));
    }
  }

  private void take(byte[] line) {
    checksum.update(line, 0, line.length);
    checksum.update('\n');
    wholeBytes += line.length + 1;
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  /** The next line without its end; null where there is none that has one. */
  private byte @Nullable [] line() throws IOException {
    lineNumber++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw damaged("a line of more than " + LONGEST_LINE + " bytes");
      }
    }
    return null;
  }

  private MapStoreException damaged(@Nullable String why) {
    return new MapStoreException(
        "%s:%d: damaged (%s); delete the folder, and the stage that writes it starts again"
            .formatted(file, lineNumber, why));
  }
}
