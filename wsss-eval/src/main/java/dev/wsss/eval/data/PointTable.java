package dev.wsss.eval.data;

import dev.wsss.api.config.Spelling;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        COLUMNS,
        problems,
        (line, values) -> {
          String name = values.get(3);
          int index = names.indexOf(name);
          if (index < 0) {
            problems.add(
                file,
                line,
                "'%s' is no class".formatted(name),
                () -> Spelling.suggestion(name, names));
            problems.note("classes are " + String.join(", ", names));
          }
          int x = pixel("x", values.get(1), file, line, problems);
          int y = pixel("y", values.get(2), file, line, problems);
          if (index >= 0 && x >= 0 && y >= 0) {
            points
                .computeIfAbsent(values.get(0), own -> new ArrayList<>())
                .add(new Point(x, y, index, line));
          }
        });
    problems.throwIfAny(file);
    if (points.isEmpty()) {
      throw new DataException(file + ": no points");
    }
    return points;
  }

  private static int pixel(
      String column, String value, Path file, long line, DataProblems problems) {
    if (value.matches("\\d{1,6}")) {
      return Integer.parseInt(value);
    }
    problems.add(
        file, line, "%s is '%s'; allowed is a whole number from 0".formatted(column, value));
    return -1;
  }
}
