package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * Pixels whose class somebody has told with a click: a table with the columns {@code image}, {@code
 * x}, {@code y} and {@code class}, a class or {@code background}.
 */
public final class PointTable {
  private static final List<String> COLUMNS = List.of("image", "x", "y", "class");

  private PointTable() {}

  /**
   * A pixel and its class.
   *
   * @param x from the left of the upright picture, in pixels, from 0
   * @param y from its top
   * @param index 0 for background, k + 1 for foreground class k
   * @param line of the table, from 1
   */
  public record Point(int x, int y, int index, long line) {}

  /**
   * Reads a table: points by image, as it is named there, in the table's order.
   *
   * @throws DataException with all that is wrong
   */
  public static Map<String, List<Point>> read(Path file, ClassNames classes) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    DataProblems problems = new DataProblems();
    List<String> names = new ArrayList<>(List.of(ClassNames.BACKGROUND));
    names.addAll(classes.foreground());
    CsvRows.read(
        file,
        problems,
        new CsvRows.Reader() {
          private List<String> columns = List.of();

          @Override
          public boolean header(long line, CSVRecord row) {
            columns = row.toList();
            if (columns.containsAll(COLUMNS)) {
              return true;
            }
            problems.add(
                file,
                line,
                "the columns are '%s'; expected are at least %s"
                    .formatted(String.join(",", columns), String.join(", ", COLUMNS)));
            return false;
          }

          @Override
          public void row(long line, CSVRecord row) {
            if (row.size() < columns.size()) {
              problems.add(file, line, "%d columns are too few".formatted(row.size()));
              return;
            }
            String name = row.get(columns.indexOf("class"));
            int index = names.indexOf(name);
            if (index < 0) {
              problems.add(
                  file,
                  line,
                  "'%s' is no class".formatted(name),
                  () -> Spelling.suggestion(name, names));
              problems.note("classes are " + String.join(", ", names));
            }
            int x = pixel(row, "x", line);
            int y = pixel(row, "y", line);
            if (index >= 0 && x >= 0 && y >= 0) {
              points
                  .computeIfAbsent(row.get(columns.indexOf("image")), own -> new ArrayList<>())
                  .add(new Point(x, y, index, line));
            }
          }

          private int pixel(CSVRecord row, String column, long line) {
            String value = row.get(columns.indexOf(column));
            if (value.matches("\\d{1,6}")) {
              return Integer.parseInt(value);
            }
            problems.add(
                file,
                line,
                "%s is '%s'; allowed is a whole number from 0".formatted(column, value));
            return -1;
          }
        });
    problems.throwIfAny(file);
    if (points.isEmpty()) {
      throw new DataException(file + ": no points");
    }
    return points;
  }
}
