package dev.wsss.api.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol buffer message that is put together field by field, in the order in which they are to
 * be written. Its size is known before anything is written, and large content is asked for only
 * then, so that a model's weights need not be in memory twice. Used by one thread.
 */
public final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final List<Piece> pieces = new ArrayList<>();
  private ByteArrayOutputStream small = new ByteArrayOutputStream();
  private long before;

  /** Bytes that are made while they are written. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private record Piece(long size, Content content) {}

  /** An integer, boolean or enumeration value. */
  public ProtobufMessage varint(int field, long value) {
    key(field, VARINT);
    raw(value);
    return this;
  }

  /** A fixed64, or the bits of a double. */
  public ProtobufMessage fixed64(int field, long bits) {
    key(field, FIXED_64);
    little(bits, Long.BYTES);
    return this;
  }

  /** A fixed32, or the bits of a float. */
  public ProtobufMessage fixed32(int field, int bits) {
    key(field, FIXED_32);
    little(bits, Integer.BYTES);
    return this;
  }

  /** A string. */
  public ProtobufMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes. */
  public ProtobufMessage bytes(int field, byte[] value) {
    key(field, LENGTH_DELIMITED);
    raw(value.length);
    small.writeBytes(value);
    return this;
  }

  /**
   * Bytes that are made only when they are written, each time the message is.
   *
   * @param size how many {@code content} writes
   */
  public ProtobufMessage bytes(int field, long size, Content content) {
    key(field, LENGTH_DELIMITED);
    raw(size);
    endSmall();
    add(new Piece(size, content));
    return this;
  }

  /** A message as it stands now. */
  public ProtobufMessage message(int field, ProtobufMessage value) {
    key(field, LENGTH_DELIMITED);
    raw(value.size());
    return append(value);
  }

  /** The fields of another message as it stands now. */
  public ProtobufMessage append(ProtobufMessage other) {
    if (!other.pieces.isEmpty()) {
      endSmall();
      other.pieces.forEach(this::add);
    }
    small.writeBytes(other.small.toByteArray());
    return this;
  }

  /** Bytes that {@link #writeTo} writes. */
  public long size() {
    return before + small.size();
  }

  /** Writes the message, without its size. */
  public void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      piece.content.writeTo(out);
    }
    small.writeTo(out);
  }

  /**
   * The message in memory.
   *
   * @throws IllegalStateException if it is larger than an array
   */
  public byte[] toBytes() {
    if (size() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(size() + " bytes do not fit an array");
    }
    var out = new ByteArrayOutputStream((int) size());
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void add(Piece piece) {
    pieces.add(piece);
    before += piece.size;
  }

  private void endSmall() {
    if (small.size() > 0) {
      byte[] written = small.toByteArray();
      add(new Piece(written.length, out -> out.write(written)));
      small = new ByteArrayOutputStream();
    }
  }

  private void key(int field, int wireType) {
    raw(((long) field << 3) | wireType);
  }

  private void little(long bits, int count) {
    for (int i = 0; i < count; i++) {
      small.write((int) (bits >>> (8 * i)) & 0xff);
    }
  }

  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      small.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    small.write((int) rest);
  }
}
