package dev.wsss.api.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of the safetensors format, and how the floating ones become float32. */
enum StoredType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  I16(2),
  U16(2),
  F16(2) {
    @Override
    float next(ByteBuffer bytes) {
      return ofHalf(bytes.getShort());
    }
  },
  BF16(2) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I32(4),
  U32(4),
  F32(4) {
    @Override
    void read(ByteBuffer bytes, FloatBuffer target) {
      target.put(bytes.asFloatBuffer()); // many times as fast as one by one
      bytes.position(bytes.limit());
    }
  },
  F64(8) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  I64(8),
  U64(8);

  private static final int HALF_EXPONENT_BITS = 0x1f;
  private static final int HALF_FRACTION_BITS = 0x3ff;
  private static final int HALF_SIGN_BIT = 0x8000;

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** All names, for an error message. */
  static String names() {
    return Arrays.stream(values()).map(StoredType::name).collect(Collectors.joining(", "));
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }

  /** Whether values are floating-point numbers of a kind that {@link #read} reads. */
  boolean isReadable() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** Reads all values that are left in a little-endian buffer, which ends with a whole one. */
  void read(ByteBuffer bytes, FloatBuffer target) {
    while (bytes.hasRemaining()) {
      target.put(next(bytes));
    }
  }

  /** The next value of a little-endian buffer. */
  float next(ByteBuffer bytes) {
    throw new UnsupportedOperationException(name());
  }

  /** IEEE 754 half precision. */
  private static float ofHalf(short half) {
    int exponent = half >> 10 & HALF_EXPONENT_BITS;
    int fraction = half & HALF_FRACTION_BITS;
    int sign = (half & HALF_SIGN_BIT) << 16;
    if (exponent == 0) { // zero and subnormal numbers: fraction · 2⁻²⁴
      float size = fraction * 0x1p-24f;
      return sign == 0 ? size : -size;
    }
    int wide = exponent == HALF_EXPONENT_BITS ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
