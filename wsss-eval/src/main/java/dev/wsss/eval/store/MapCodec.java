package dev.wsss.eval.store;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Levels as bytes of a shard: each map's differences from the cell to the left and then from the
 * row above, modulo 256, packed in zlib's format. Maps are smooth, so most of these are near 0.
 */
final class MapCodec {
  private static final int LEVEL = 6;

  /** Deflate cannot do better, so that a length says how much room its content may need. */
  private static final long MOST_CELLS_PER_BYTE = 1032;

  private MapCodec() {}

  /** Packs n×rows×columns levels. */
  static byte[] pack(byte[] levels, int rows, int columns) {
    byte[] steps = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int x = i % columns;
      int y = i / columns % rows;
      int left = x > 0 ? levels[i - 1] : 0;
      int above = y > 0 ? levels[i - columns] : 0;
      int corner = x > 0 && y > 0 ? levels[i - columns - 1] : 0;
      steps[i] = (byte) (levels[i] - left - above + corner);
    }
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(steps);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** Whether so many bytes can hold so many levels. */
  static boolean canHold(long bytes, long levels) {
    return levels <= MOST_CELLS_PER_BYTE * bytes;
  }

  /**
   * Unpacks {@code maps}×rows×columns levels.
   *
   * @throws DataFormatException if the bytes hold something else
   */
  static byte[] unpack(byte[] packed, int maps, int rows, int columns) throws DataFormatException {
    byte[] levels = new byte[maps * rows * columns];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int done = 0;
      while (done < levels.length && !inflater.finished()) {
        int more = inflater.inflate(levels, done, levels.length - done);
        if (more == 0 && !inflater.finished()) {
          throw new DataFormatException("ends early");
        }
        done += more;
      }
      // Only now is the stream's own checksum read.
      if (!inflater.finished()) {
        inflater.inflate(new byte[1]);
      }
      if (done < levels.length || !inflater.finished() || inflater.getRemaining() > 0) {
        throw new DataFormatException("holds another number of levels");
      }
    } finally {
      inflater.end();
    }
    for (int i = 0; i < levels.length; i++) {
      int x = i % columns;
      int y = i / columns % rows;
      int left = x > 0 ? levels[i - 1] : 0;
      int above = y > 0 ? levels[i - columns] : 0;
      int corner = x > 0 && y > 0 ? levels[i - columns - 1] : 0;
      levels[i] = (byte) (levels[i] + left + above - corner);
    }
    return levels;
  }
}
