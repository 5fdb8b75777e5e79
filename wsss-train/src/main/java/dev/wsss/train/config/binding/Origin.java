package dev.wsss.train.config.binding;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where a value was written: a place in a file, the command line, the data set, or nowhere (a
 * default).
 *
 * @param source file name, or the text on the command line
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no lines
 * @param folder what a relative path written here is relative to
 */
record Origin(Kind kind, String source, int line, int column, Path folder)
    implements Comparable<Origin> {
  private static final int LONGEST_SHOWN = 200;
  private static final Path WORKING_DIRECTORY = Path.of("");
  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::kind)
          .thenComparing(Origin::source)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  /** In the order in which problems are reported. */
  enum Kind {
    FILE,
    COMMAND_LINE,
    DERIVED,
    DEFAULT
  }

  static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default", 0, 0, WORKING_DIRECTORY);

  static Origin file(String source, int line, int column, Path folder) {
    return new Origin(Kind.FILE, source, line, column, folder);
  }

  /** In a file that is no file, such as a class path resource. */
  static Origin file(String source, int line, int column) {
    return file(source, line, column, WORKING_DIRECTORY);
  }

  static Origin commandLine(String text) {
    String oneLine = Shortened.of(text.strip().replaceAll("\\s+", " "), LONGEST_SHOWN);
    return new Origin(Kind.COMMAND_LINE, oneLine, 0, 0, WORKING_DIRECTORY);
  }

  /** Of a value that was not written but follows from something else. */
  static Origin derived(String reason) {
    return new Origin(Kind.DERIVED, reason, 0, 0, WORKING_DIRECTORY);
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind == Kind.FILE ? source + ":" + line + ":" + column : source;
  }
}
