package dev.wsss.api.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Reads little-endian numbers one after the other; beyond the file's end it says "cut off". */
final class FileCursor implements Closeable {
  private static final int LONGEST_TEXT = 1 << 16;

  private final SourceFile file;
  private final SeekableByteChannel in;
  private long position;

  FileCursor(SourceFile file) throws IOException {
    this.file = file;
    this.in = Files.newByteChannel(file.path());
  }

  /** The byte that is read next. */
  long position() {
    return position;
  }

  int int32() throws IOException {
    return bytes(Integer.BYTES).getInt();
  }

  long int64() throws IOException {
    return bytes(Long.BYTES).getLong();
  }

  /**
   * A number of things of which each takes some bytes of the rest of the file.
   *
   * @throws IllegalArgumentException if the rest cannot hold so many
   */
  long count(int bytesEach, String things) throws IOException {
    long count = int64();
    long most = (file.size() - position) / bytesEach;
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(
          "it would have %s %s behind byte %d"
              .formatted(Long.toUnsignedString(count), things, position));
    }
    return count;
  }

  /** A text in UTF-8 of so many bytes. */
  String text(long length) throws IOException {
    if (length > LONGEST_TEXT) {
      throw new IllegalArgumentException("a name in it would have %d letters".formatted(length));
    }
    return new String(bytes((int) length).array(), StandardCharsets.UTF_8);
  }

  /** Passes over some bytes, which must be there. */
  void skip(long length) {
    file.requireBytes(position, length);
    position += length;
  }

  private ByteBuffer bytes(int length) throws IOException {
    file.requireBytes(position, length);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(position);
    SourceFile.fill(in, bytes);
    position += length;
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
