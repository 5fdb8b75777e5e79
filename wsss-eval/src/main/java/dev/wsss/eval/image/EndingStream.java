package dev.wsss.eval.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a file, whose end is final: decoders that take zeros for what is missing would
 * decode them for minutes.
 */
final class EndingStream extends MemoryCacheImageInputStream {
  /** Bytes asked for past the end; some decoders look a few ahead. */
  private static final int MOST_PAST_THE_END = 1024;

  private int pastTheEnd;

  EndingStream(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value < 0 && ++pastTheEnd > MOST_PAST_THE_END) {
      throw new IOException("the file ends too early");
    }
    return value;
  }
}
