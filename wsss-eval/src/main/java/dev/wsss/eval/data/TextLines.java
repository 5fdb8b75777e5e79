package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
      throw new DataException(file + ": not UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ")", e);
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
