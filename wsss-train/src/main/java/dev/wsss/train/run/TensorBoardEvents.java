package dev.wsss.train.run;

import dev.wsss.api.protobuf.ProtobufMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    ProtobufMessage version = event(0).text(3, "brain.Event:2");
    Files.write(file, record(version.toBytes()));
  }

  /** Adds numbers by name at a step. */
  void add(long step, Map<String, Double> values) throws IOException {
    ProtobufMessage summary = new ProtobufMessage();
    values.forEach(
        (name, value) ->
            summary.message(
                1,
                new ProtobufMessage()
                    .text(1, name)
                    .fixed32(2, Float.floatToIntBits(value.floatValue()))));
    ProtobufMessage event = event(step).message(5, summary);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(record(event.toBytes()));
    }
  }

  private ProtobufMessage event(long step) {
    return new ProtobufMessage()
        .fixed64(1, Double.doubleToLongBits(wallClock.millis() / 1000.0))
        .varint(2, step);
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
}
