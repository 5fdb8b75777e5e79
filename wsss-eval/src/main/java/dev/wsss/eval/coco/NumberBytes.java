package dev.wsss.eval.coco;

import dev.wsss.api.data.DataException;
import java.util.Arrays;

/**
 * Whole numbers one after another, the smaller the fewer bytes: seven bits a byte, the lowest
 * first, the sign in the lowest bit, the eighth bit where more follow.
 */
final class NumberBytes {
  private static final byte[] NONE = {};

  /** What one array is allowed to grow to; no picture's regions come near. */
  private static final int MOST = 1 << 30;

  private byte[] bytes = NONE;
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Forgets all bytes but the first ones. */
  void cut(int to) {
    size = to;
  }

  void add(long value) {
    long rest = (value << 1) ^ (value >> 63);
    reserve(10);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void addAll(NumberBytes others) {
    reserve(others.size);
    System.arraycopy(others.bytes, 0, bytes, size, others.size);
    size += others.size;
  }

  private void reserve(int more) {
    if (more > MOST - size) {
      throw new DataException("the regions of one picture take more than %d bytes".formatted(MOST));
    }
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
    }
  }

  /** All bytes; afterwards there are none, so that nothing is held twice. */
  byte[] handOver() {
    byte[] all = Arrays.copyOf(bytes, size);
    bytes = NONE;
    size = 0;
    return all;
  }

  /** Goes through the numbers again. */
  static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasNext() {
      return at < bytes.length;
    }

    long next() {
      long rest = 0;
      int bits = 0;
      byte part;
      do {
        part = bytes[at++];
        rest |= (long) (part & 0x7f) << bits;
        bits += 7;
      } while (part < 0);
      return (rest >>> 1) ^ -(rest & 1);
    }

    /** The next number, of which it is known to be an int. */
    int nextInt() {
      return (int) next();
    }

    /** The next bytes by themselves. */
    byte[] take(int count) {
      byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
      at += count;
      return taken;
    }

    void skip(int count) {
      at += count;
    }
  }
}
