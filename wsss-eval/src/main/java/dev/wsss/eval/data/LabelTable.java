package dev.wsss.eval.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** A comma-separated file of pictures with their splits and labels. */
final class LabelTable {

  private LabelTable() {}

  /**
   * One picture.
   *
   * @param line in the file, from 1
   * @param labels as written
   */
  record Row(long line, String picture, String split, String labels) {
    Row withPicture(String other) {
      return new Row(line, other, split, labels);
    }
  }

  /**
   * The labels of a table of images, each once, sorted, where nothing else says which classes there
   * are: separated by semicolons, bars or commas, or, where there is none of these, by blanks.
   *
   * @throws DataException if the table cannot be read
   */
  static Set<String> classes(Path file) {
    DataProblems problems = new DataProblems();
    List<String> lists =
        read(file, List.of("image", "split", "labels"), problems).stream()
            .map(Row::labels)
            .toList();
    problems.throwIfAny(file);
    Pattern signs = Pattern.compile("[;|,]");
    boolean blanks = lists.stream().noneMatch(list -> signs.matcher(list).find());
    return lists.stream()
        .flatMap((blanks ? Pattern.compile("\\s+") : signs)::splitAsStream)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Reads rows with exactly the given three columns, reporting those that have not. */
  static List<Row> read(Path file, List<String> columns, DataProblems problems) {
    List<Row> rows = new ArrayList<>();
    CsvRows.read(
        file,
        problems,
        new CsvRows.Reader() {
          @Override
          public boolean header(long line, CSVRecord row) {
            if (row.toList().equals(columns)) {
              return true;
            }
            problems.add(
                file,
                line,
                "the first line is '%s'; expected is '%s'%s"
                    .formatted(
                        String.join(",", row.toList()),
                        String.join(",", columns),
                        otherSeparator(row, columns)));
            return false;
          }

          @Override
          public void row(long line, CSVRecord row) {
            if (row.size() == columns.size()) {
              rows.add(new Row(line, row.get(0), row.get(1), row.get(2)));
            } else {
              problems.add(
                  file,
                  line,
                  "%d columns; expected are %d: %s%s"
                      .formatted(
                          row.size(), columns.size(), String.join(",", columns), inQuotes(row)));
            }
          }
        });
    return rows;
  }

  /** What to say where a whole line went into one column. */
  private static String otherSeparator(CSVRecord row, List<String> columns) {
    for (String separator : List.of(";", "\t", "|")) {
      List<String> parts =
          Arrays.stream(row.get(0).split(Pattern.quote(separator), -1)).map(String::strip).toList();
      if (row.size() == 1 && parts.equals(columns)) {
        return "; columns are separated by ',' and not by "
            + (separator.equals("\t") ? "tabs" : "'" + separator + "'");
      }
    }
    return "";
  }

  /** How the line would have to be written whose labels are separated like columns. */
  private static String inQuotes(CSVRecord row) {
    return row.size() > 3
        ? "; labels separated by ',' stand in quotes: %s,%s,\"%s\""
            .formatted(
                row.get(0), row.get(1), String.join(",", row.toList().subList(2, row.size())))
        : " (several labels are separated by semicolons)";
  }
}
