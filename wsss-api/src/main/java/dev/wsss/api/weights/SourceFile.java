package dev.wsss.api.weights;

import dev.wsss.api.network.WeightsException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is being looked at: where it is, how long, and how it begins. Not thread-safe. */
final class SourceFile {
  private static final int START_BYTES = 16;

  private final Path path;
  private final long size;
  private final byte[] start;
  private @Nullable ZipArchive zip;

  SourceFile(Path path) throws IOException {
    this.path = path;
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      size = in.size();
      start = new byte[(int) Math.min(START_BYTES, size)];
      fill(in, ByteBuffer.wrap(start));
    }
  }

  Path path() {
    return path;
  }

  /** In bytes, when it was opened. */
  long size() {
    return size;
  }

  boolean beginsWith(int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (byteAt(i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** One of the first 16 bytes, 0 to 255; −1 where the file is shorter. */
  int byteAt(int index) {
    return index < start.length ? start[index] & 0xff : -1;
  }

  boolean isZip() {
    return beginsWith('P', 'K', 3, 4);
  }

  /** Its entries, read once. */
  ZipArchive zip() throws IOException {
    ZipArchive read = zip;
    if (read == null) {
      read = ZipArchive.of(this);
      zip = read;
    }
    return read;
  }

  /**
   * A part of the file as a little-endian buffer.
   *
   * @param what the part is, for the error where the file ends before it or it is too long
   */
  ByteBuffer part(long begin, long length, long atMost, String what) throws IOException {
    if (length > atMost) {
      throw error(": its %s has %d bytes; at most %d are read".formatted(what, length, atMost));
    }
    requireBytes(begin, length);
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    try (SeekableByteChannel in = Files.newByteChannel(path)) {
      in.position(begin);
      fill(in, bytes);
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Refuses a file that ends before {@code begin + length}; neither may be below 0. */
  void requireBytes(long begin, long length) {
    long end = begin + Math.min(length, Long.MAX_VALUE - begin);
    if (end > size) {
      throw cutOff(path, end, size);
    }
  }

  /** An error that begins with {@code weights FILE}. */
  WeightsException error(String reason) {
    return new WeightsException("weights " + path + reason);
  }

  /** The error of a damaged file of a format. */
  WeightsException unreadable(String format, String reason) {
    return error(" cannot be read as " + format + ": " + reason);
  }

  static WeightsException cutOff(Path path, long promised, long actual) {
    return new WeightsException(
        "weights %s is cut off: it should have %d bytes and has %d"
            .formatted(path, promised, actual));
  }

  static void fill(SeekableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }
}
