package dev.wsss.train.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Appends scalars to a file that TensorBoard reads.
 *
 * <p>The format is TFRecord (length, masked CRC-32C of the length, data, masked CRC-32C of the
 * data) around {@code tensorflow.Event} messages, of which four fields are needed: wall_time 1,
 * step 2, file_version 3, summary 5.
 */
final class TensorBoardEvents {
  private static final int CRC_MASK = 0xa282ead8;

  private final Path file;
  private final Clock wallClock;

  /** A new file in the run's folder; a resumed run adds one. */
  TensorBoardEvents(Path runFolder, Clock wallClock) throws IOException {
    this.wallClock = wallClock;
    this.file = runFolder.resolve("events.out.tfevents." + wallClock.millis() + ".wsss");
    Message version = event(0);
    version.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    Files.write(file, record(version.toBytes()));
  }

  /** Adds numbers by name at a step. */
  void add(long step, Map<String, Double> values) throws IOException {
    Message summary = new Message();
    values.forEach(
        (name, value) -> {
          Message scalar = new Message();
          scalar.bytes(1, name.getBytes(StandardCharsets.UTF_8));
          scalar.fixed32(2, Float.floatToIntBits(value.floatValue()));
          summary.bytes(1, scalar.toBytes());
        });
    Message event = event(step);
    event.bytes(5, summary.toBytes());
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(record(event.toBytes()));
    }
  }

  private Message event(long step) {
    Message event = new Message();
    event.fixed64(1, Double.doubleToLongBits(wallClock.millis() / 1000.0));
    event.varint(2, step);
    return event;
  }

  private static byte[] record(byte[] data) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(data.length);
    buffer.putInt(maskedCrc(buffer.array(), 0, 8));
    buffer.put(data);
    buffer.putInt(maskedCrc(data, 0, data.length));
    return buffer.array();
  }

  private static int maskedCrc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }

  /** A protocol buffer message being written. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void varint(int field, long value) {
      raw((long) field << 3);
      raw(value);
    }

    void fixed64(int field, long bits) {
      raw(((long) field << 3) | 1);
      little(bits, 8);
    }

    void fixed32(int field, int bits) {
      raw(((long) field << 3) | 5);
      little(bits, 4);
    }

    void bytes(int field, byte[] value) {
      raw(((long) field << 3) | 2);
      raw(value.length);
      out.writeBytes(value);
    }

    private void little(long bits, int count) {
      for (int i = 0; i < count; i++) {
        out.write((int) (bits >>> (8 * i)) & 0xff);
      }
    }

    private void raw(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
