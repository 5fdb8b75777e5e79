package dev.wsss.eval.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A comma-separated file of pictures with their splits and labels. */
final class LabelTable {
  /** Those of a data set's {@code labels.csv}. */
  static final List<String> COLUMNS = List.of("image", "split", "labels");

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
   * The rows of a data set's {@code labels.csv}.
   *
   * @throws dev.wsss.api.data.DataException if the table cannot be read
   */
  static List<Row> read(Path file) {
    DataProblems problems = new DataProblems();
    List<Row> rows = read(file, COLUMNS, problems);
    problems.throwIfAny(file);
    return rows;
  }

  /** A line for a picture, its values in the columns of a {@code labels.csv} that was read. */
  static String line(Path file, String picture, String split, String labels) {
    return CsvRows.line(file, COLUMNS, List.of(picture, split, labels));
  }

  /**
   * The labels of rows, each once, sorted, where nothing else says which classes there are:
   * separated by semicolons, bars or commas, or, where there is none of these, by blanks.
   */
  static Set<String> classes(List<Row> rows) {
    List<String> lists = rows.stream().map(Row::labels).toList();
    Pattern signs = Pattern.compile("[;|,]");
    boolean blanks = lists.stream().noneMatch(list -> signs.matcher(list).find());
    return lists.stream()
        .flatMap((blanks ? Pattern.compile("\\s+") : signs)::splitAsStream)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Reads rows, reporting those that are none.
   *
   * @param columns the names of three: picture, split, labels
   */
  static List<Row> read(Path file, List<String> columns, DataProblems problems) {
    List<Row> rows = new ArrayList<>();
    CsvRows.read(
        file,
        columns,
        problems,
        (line, values) -> rows.add(new Row(line, values.get(0), values.get(1), values.get(2))));
    return rows;
  }
}
