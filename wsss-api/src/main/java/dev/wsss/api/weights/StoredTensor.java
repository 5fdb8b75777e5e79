package dev.wsss.api.weights;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;

/**
 * Where in a file a tensor lies. Element (i₀, i₁, …) is at byte {@code begin + bytes·Σ iₖ·strideₖ};
 * no element is twice in memory, so that a tensor has no more values than its file has bytes.
 */
final class StoredTensor {
  private final Path file;
  private final StoredType type;
  private final long[] sizes;
  private final long[] strides;
  private final long begin;
  private final long count;

  private StoredTensor(Path file, StoredType type, long[] sizes, long[] strides, long begin) {
    this.file = file;
    this.type = type;
    this.sizes = sizes.clone();
    this.strides = strides.clone();
    this.begin = begin;
    this.count = count(sizes);
  }

  /** A tensor whose values follow each other, the last axis fastest. */
  static StoredTensor rows(Path file, StoredType type, long[] sizes, long begin) {
    return new StoredTensor(file, type, sizes, rowMajor(sizes), begin);
  }

  /**
   * A view of {@code room} elements that begin at byte {@code storage} of the file.
   *
   * @param offset elements before the first one
   * @param strides in elements
   * @throws IllegalArgumentException with the reason, if it reaches beyond these elements or shows
   *     one of them more than once
   */
  static StoredTensor view(
      Path file,
      StoredType type,
      long[] sizes,
      long[] strides,
      long storage,
      long offset,
      long room) {
    if (strides.length != sizes.length) {
      throw new IllegalArgumentException(
          "it has %d sizes and %d strides".formatted(sizes.length, strides.length));
    }
    long count = count(sizes);
    if (count > room) {
      throw new IllegalArgumentException(
          "its shape takes %d values and its storage has %d".formatted(count, room));
    }
    if (offset < 0 || (count > 0 && last(sizes, strides, offset) >= room)) {
      throw new IllegalArgumentException(
          "it reaches beyond its storage of %d values".formatted(room));
    }
    long begin = storage + Math.min(offset, room) * type.bytes();
    return new StoredTensor(file, type, sizes, count == 0 ? rowMajor(sizes) : strides, begin);
  }

  /** The number of values; an {@link IllegalArgumentException} if no file could hold them. */
  static long count(long[] sizes) {
    long count = 1;
    boolean empty = false;
    for (long size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("its shape has a size below 0");
      }
      empty |= size == 0;
      count = product(count, Math.max(1, size));
    }
    product(count, Long.BYTES);
    return empty ? 0 : count;
  }

  private static long product(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("its shape is larger than any file", e);
    }
  }

  /** The place of the last element. */
  private static long last(long[] sizes, long[] strides, long offset) {
    long last = offset;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (strides[axis] < 0) {
        throw new IllegalArgumentException("it has a stride below 0");
      }
      try {
        last = Math.addExact(last, Math.multiplyExact(sizes[axis] - 1, strides[axis]));
      } catch (ArithmeticException e) {
        return Long.MAX_VALUE;
      }
    }
    return last;
  }

  private static long[] rowMajor(long[] sizes) {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= Math.max(1, sizes[axis]);
    }
    return strides;
  }

  Path file() {
    return file;
  }

  StoredType type() {
    return type;
  }

  Shape shape() {
    return new Shape(sizes);
  }

  /** The number of values. */
  long count() {
    return count;
  }

  /** Bytes of all values. */
  long bytes() {
    return count * type.bytes();
  }

  /** The first byte. */
  long begin() {
    return begin;
  }

  /** Bytes from the first value to the end of the last one, those between them included. */
  long extent() {
    return count == 0 ? 0 : (last(sizes, strides, 0) + 1) * type.bytes();
  }

  /** Whether the values follow each other, the last axis fastest. */
  boolean isInRows() {
    long step = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (sizes[axis] != 1 && strides[axis] != step) {
        return false;
      }
      step *= sizes[axis];
    }
    return true;
  }

  long size(int axis) {
    return sizes[axis];
  }

  long stride(int axis) {
    return strides[axis];
  }

  int axes() {
    return sizes.length;
  }
}
