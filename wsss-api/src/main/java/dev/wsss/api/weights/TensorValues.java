package dev.wsss.api.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;

/**
 * Reads the values of a tensor in the order of its indices, the last axis fastest, some at a time.
 */
final class TensorValues {
  private static final int CHUNK_BYTES = 1 << 16;

  private TensorValues() {}

  /** Takes little-endian values. */
  interface Sink {
    void accept(ByteBuffer values);
  }

  /**
   * Values that follow each other are streamed; of others the part of the file that they lie in is
   * read first.
   *
   * @throws IllegalArgumentException if that part is larger than a Java array
   */
  static void read(StoredTensor tensor, Sink sink) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(tensor.file())) {
      long end = tensor.begin() + tensor.extent();
      if (in.size() < end) {
        throw SourceFile.cutOff(tensor.file(), end, in.size());
      }
      in.position(tensor.begin());
      if (tensor.isInRows()) {
        stream(in, tensor.bytes(), sink);
      } else {
        gather(in, tensor, sink);
      }
    }
  }

  private static void stream(SeekableByteChannel in, long bytes, Sink sink) throws IOException {
    ByteBuffer chunk = chunk(bytes);
    for (long left = bytes; left > 0; left -= chunk.limit()) {
      chunk.clear().limit((int) Math.min(left, CHUNK_BYTES));
      SourceFile.fill(in, chunk);
      sink.accept(chunk.flip());
    }
  }

  private static void gather(SeekableByteChannel in, StoredTensor tensor, Sink sink)
      throws IOException {
    if (tensor.extent() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "its values lie %d bytes apart; at most %d can be read"
              .formatted(tensor.extent(), Integer.MAX_VALUE - 8));
    }
    ByteBuffer all = littleEndian((int) tensor.extent());
    SourceFile.fill(in, all);
    ByteBuffer chunk = chunk(tensor.bytes());
    int bytes = tensor.type().bytes();
    long[] index = new long[tensor.axes()];
    long at = 0;
    for (long i = 0; i < tensor.count(); i++) {
      if (!chunk.hasRemaining()) {
        sink.accept(chunk.flip());
        chunk.clear();
      }
      chunk.put(chunk.position(), all, Math.toIntExact(at * bytes), bytes);
      chunk.position(chunk.position() + bytes);
      at = next(tensor, index, at);
    }
    sink.accept(chunk.flip());
  }

  /** Moves the index on by one; gives the element's place, counted from the first one. */
  private static long next(StoredTensor tensor, long[] index, long at) {
    long place = at;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis]++;
      place += tensor.stride(axis);
      if (index[axis] < tensor.size(axis)) {
        return place;
      }
      place -= tensor.stride(axis) * index[axis];
      index[axis] = 0;
    }
    return place;
  }

  private static ByteBuffer chunk(long bytes) {
    return littleEndian((int) Math.min(bytes, CHUNK_BYTES));
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
