package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a UTF-8 text file that are not blank, with their numbers. */
record TextLines(List<Line> lines) {

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

  /** The whole text, without the mark that some editors put before UTF-8. */
  static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(file + ": not UTF-8 text", e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ")", e);
    }
  }
}
