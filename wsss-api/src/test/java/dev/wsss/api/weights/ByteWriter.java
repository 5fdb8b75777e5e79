package dev.wsss.api.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts little-endian bytes one after the other, as a test spells a file out. */
final class ByteWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ByteWriter bytes(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  ByteWriter raw(byte[] values) {
    bytes.writeBytes(values);
    return this;
  }

  ByteWriter ascii(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  ByteWriter int16(int value) {
    return raw(littleEndian(Short.BYTES).putShort((short) value).array());
  }

  ByteWriter int32(int value) {
    return raw(littleEndian(Integer.BYTES).putInt(value).array());
  }

  ByteWriter int64(long... values) {
    for (long value : values) {
      raw(littleEndian(Long.BYTES).putLong(value).array());
    }
    return this;
  }

  ByteWriter float32(float... values) {
    for (float value : values) {
      raw(littleEndian(Float.BYTES).putFloat(value).array());
    }
    return this;
  }

  byte[] done() {
    return bytes.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
