package dev.wsss.eval.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Goes through a comma-separated file that somebody wrote by hand or with a spreadsheet. */
final class CsvRows {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get();

  private CsvRows() {}

  /** What is done with a row. */
  interface Reader {
    /**
     * Takes the first row.
     *
     * @param line in the file, from 1
     * @return whether the others are wanted
     */
    boolean header(long line, CSVRecord row);

    /** Takes one of the others. */
    void row(long line, CSVRecord row);
  }

  /** Reads row by row, without blanks round values and without empty lines. */
  static void read(Path file, DataProblems problems, Reader reader) {
    try (CSVParser parser = FORMAT.parse(new StringReader(TextLines.text(file)))) {
      boolean header = true;
      for (CSVRecord row : parser) {
        long line = parser.getCurrentLineNumber();
        if (!header) {
          reader.row(line, row);
        } else if (!reader.header(line, row)) {
          return;
        }
        header = false;
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      problems.add(file + ": no comma-separated text (" + e.getMessage() + ")");
    }
  }
}
