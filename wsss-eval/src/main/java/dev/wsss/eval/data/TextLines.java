package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The lines of a UTF-8 text file that are not blank, with their numbers. */
record TextLines(List<Line> lines) {
  private static final long MOST_BYTES = 256 << 20;

  /**
   * One line.
   *
   * @param number from 1
   * @param text without blanks at its ends
   */
  record Line(long number, String text) {}

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read
   */
  static TextLines read(Path file) {
    List<Line> lines = new ArrayList<>();
    String[] all = text(file).split("\\R", -1);
    for (int i = 0; i < all.length; i++) {
      String text = all[i].strip();
      if (!text.isEmpty()) {
        lines.add(new Line(i + 1L, text));
      }
    }
    return new TextLines(lines);
  }

  /**
   * The whole text, without the mark that some editors put before UTF-8.
   *
   * @throws DataException if it cannot be read, is no regular file, or has more than 256 MiB
   */
  static String text(Path file) {
    try {
      requireRegular(file);
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(
          file + lineOfOtherText(file) + ": not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ")", e);
    }
  }

  /** {@code :12} where what is no UTF-8 stands in line 12. */
  private static String lineOfOtherText(Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      CharBuffer out = CharBuffer.allocate(1 << 13);
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      while (decoder.decode(in, out, true).isOverflow()) {
        out.clear();
      }
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += in.get(i) == '\n' ? 1 : 0;
      }
      return ":" + line;
    } catch (IOException e) {
      return ""; // gone meanwhile
    }
  }

  /** A pipe would be read for ever. */
  private static void requireRegular(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new DataException(file + ": no regular file; expected is UTF-8 text");
    }
    if (attributes.size() > MOST_BYTES) {
      throw new DataException(
          "%s: %d bytes; expected is UTF-8 text of at most %d"
              .formatted(file, attributes.size(), MOST_BYTES));
    }
  }
}
