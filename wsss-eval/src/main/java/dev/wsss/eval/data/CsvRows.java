package dev.wsss.eval.data;

import dev.wsss.api.data.DataException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a comma-separated file that somebody wrote by hand or with a spreadsheet: columns have
 * their names in the first line, and those that nobody asks for are not looked at.
 */
final class CsvRows {
  /** Columns whose values are lists of classes. */
  private static final List<String> LISTS = List.of("labels", "classes");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get();

  private CsvRows() {}

  /** What is done with a row. */
  interface Reader {
    /**
     * Takes the values of the columns that were asked for, in that order.
     *
     * @param line in the file, from 1
     */
    void row(long line, List<String> values);
  }

  /**
   * Reads row by row, without blanks round values and without empty lines; reports rows that lack a
   * column or have one too many.
   *
   * @param columns that must be there, in any order
   */
  static void read(Path file, List<String> columns, DataProblems problems, Reader reader) {
    try (CSVParser parser = FORMAT.parse(new StringReader(TextLines.text(file)))) {
      List<String> header = List.of();
      for (CSVRecord row : parser) {
        long line = parser.getCurrentLineNumber();
        List<String> values = row.toList();
        if (header.isEmpty()) {
          header = values;
          if (!isUsable(header, columns, file, line, problems)) {
            return;
          }
        } else if (isWhole(values, header, columns)) {
          reader.row(line, columns.stream().map(header::indexOf).map(values::get).toList());
        } else {
          problems.add(file, line, otherNumber(values, header));
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      problems.add(file + ": no comma-separated text (" + e.getMessage() + ")");
    }
  }

  /**
   * A line for a file that was read, as far as the last of these columns.
   *
   * @param values of the columns, in the same order; others are left empty
   */
  static String line(Path file, List<String> columns, List<String> values) {
    try (CSVParser parser = FORMAT.parse(new StringReader(TextLines.text(file)))) {
      List<String> header = parser.iterator().next().toList();
      int last = columns.stream().mapToInt(header::indexOf).max().orElse(-1);
      return CSVFormat.DEFAULT.format(
          header.subList(0, last + 1).stream()
              .map(columns::indexOf)
              .map(column -> column < 0 ? "" : values.get(column))
              .toArray());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read (" + e + ")", e);
    }
  }

  private static boolean isUsable(
      List<String> header, List<String> columns, Path file, long line, DataProblems problems) {
    if (!header.containsAll(columns)) {
      problems.add(file, line, lacking(header, columns));
      return false;
    }
    for (String column : columns) {
      if (header.indexOf(column) != header.lastIndexOf(column)) {
        problems.add(file, line, "column '%s' stands there twice".formatted(column));
        return false;
      }
    }
    return true;
  }

  private static String lacking(List<String> header, List<String> columns) {
    return "the columns are '%s'; expected are at least %s%s"
        .formatted(
            String.join(",", header),
            String.join(", ", columns),
            header.size() == 1 ? otherSeparator(header.get(0), columns) : "");
  }

  /** What to say where a whole line went into one column. */
  private static String otherSeparator(String line, List<String> columns) {
    for (String separator : List.of(";", "\t", "|")) {
      List<String> parts =
          Arrays.stream(line.split(Pattern.quote(separator), -1)).map(String::strip).toList();
      if (parts.containsAll(columns)) {
        return "; columns are separated by ',' and not by "
            + (separator.equals("\t") ? "tabs" : "'" + separator + "'");
      }
    }
    return "";
  }

  /** A row may end early, if only columns are missing that nobody asks for. */
  private static boolean isWhole(List<String> row, List<String> header, List<String> columns) {
    return row.size() <= header.size()
        && columns.stream().allMatch(column -> header.indexOf(column) < row.size());
  }

  private static String otherNumber(List<String> row, List<String> header) {
    return "%d columns; expected are %d: %s%s"
        .formatted(
            row.size(),
            header.size(),
            String.join(",", header),
            row.size() > header.size() && LISTS.contains(header.get(header.size() - 1))
                ? inQuotes(row, header.size())
                : "");
  }

  /** How the line would have to be written if its last value is a list. */
  private static String inQuotes(List<String> row, int columns) {
    String first = String.join(",", row.subList(0, columns - 1));
    String list = String.join(",", row.subList(columns - 1, row.size()));
    return "; a list with commas stands in quotes: %s,\"%s\"".formatted(first, list);
  }
}
