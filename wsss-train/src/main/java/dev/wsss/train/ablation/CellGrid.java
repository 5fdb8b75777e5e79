package dev.wsss.train.ablation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cross product of an ablation's axes, less what is excluded, each cell named. */
final class CellGrid {
  private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=,+-]*");

  private static final int MOST_CELLS = 10_000;
  private static final int NAMED_AXES = 3;

  private final Map<String, ? extends Collection<String>> axes;
  private final List<String> problems = new ArrayList<>();

  private CellGrid(Map<String, ? extends Collection<String>> axes) {
    this.axes = axes;
  }

  /**
   * The cells, the first axis varying fastest.
   *
   * @param axes levels by axis
   * @param exclude combinations to leave out; one that names some axes leaves out all its cells
   * @param names combinations of a level on every axis, by the name of their cell; others are
   *     called like {@code rcm=on,mam=off}
   * @throws AblationException with all problems
   */
  static List<Cell> cells(
      Map<String, ? extends Collection<String>> axes,
      List<Map<String, String>> exclude,
      Map<String, Map<String, String>> names) {
    CellGrid grid = new CellGrid(axes);
    grid.checkSize();
    grid.checkAxes();
    exclude.forEach(combination -> grid.checkLevels("exclude", combination));
    Map<Map<String, String>, String> nameOf = grid.checkNames(names);
    List<Cell> cells = new ArrayList<>();
    for (Map<String, String> levels : grid.product()) {
      if (exclude.stream().noneMatch(e -> levels.entrySet().containsAll(e.entrySet()))) {
        String name = Optional.ofNullable(nameOf.get(levels)).orElseGet(() -> defaultName(levels));
        cells.add(new Cell(name, levels));
      }
    }
    grid.checkCells(cells, names.keySet());
    if (!grid.problems.isEmpty()) {
      throw new AblationException(grid.problems);
    }
    return List.copyOf(cells);
  }

  /** Before the product is built, which could fill the memory. */
  private void checkSize() {
    double size = 1;
    for (Collection<String> levels : axes.values()) {
      size *= levels.size();
    }
    if (size > MOST_CELLS) {
      String largest =
          axes.entrySet().stream()
              .sorted(Comparator.comparingInt(axis -> -axis.getValue().size()))
              .limit(NAMED_AXES)
              .map(axis -> axis.getKey() + " with " + axis.getValue().size())
              .collect(Collectors.joining(", "));
      throw new AblationException(
          List.of(
              String.format(
                  Locale.ROOT,
                  "axes: have %.0f combinations; allowed are at most %d, whatever 'exclude' leaves"
                      + " out; take levels away, the most are %s",
                  size,
                  MOST_CELLS,
                  largest)));
    }
  }

  private void checkAxes() {
    axes.forEach(
        (axis, levels) -> {
          if (levels.isEmpty()) {
            problems.add("axes." + axis + ": has no levels; give at least one, such as 'on: {}'");
          }
          for (String level : levels) {
            if (!FOLDER_NAME.matcher(defaultName(Map.of(axis, level))).matches()) {
              problems.add(
                  "axes."
                      + axis
                      + ": '"
                      + level
                      + "' cannot be part of a folder's name; use letters"
                      + ", digits and . _ + -");
            }
          }
        });
  }

  private void checkLevels(String where, Map<String, String> combination) {
    if (combination.isEmpty()) {
      problems.add(where + ": a combination names no axis; known: " + list(axes.keySet()));
    }
    combination.forEach(
        (axis, level) -> {
          Collection<String> levels = axes.get(axis);
          if (levels == null) {
            problems.add(
                where + ": there is no axis '" + axis + "'; known: " + list(axes.keySet()));
          } else if (!levels.contains(level)) {
            problems.add(
                where
                    + ": axis '"
                    + axis
                    + "' has no level '"
                    + level
                    + "'; known: "
                    + list(levels));
          }
        });
  }

  private Map<Map<String, String>, String> checkNames(Map<String, Map<String, String>> names) {
    Map<Map<String, String>, String> nameOf = new LinkedHashMap<>();
    names.forEach(
        (name, levels) -> {
          String where = "names." + name;
          if (!FOLDER_NAME.matcher(name).matches()) {
            problems.add(
                where + ": cannot be a folder's name; use letters, digits and . _ = , + -");
          }
          checkLevels(where, levels);
          for (String axis : axes.keySet()) {
            if (!levels.containsKey(axis)) {
              problems.add(
                  where + ": says no level of axis '" + axis + "'; a name needs one of every axis");
            }
          }
          String first = nameOf.putIfAbsent(levels, name);
          if (first != null) {
            problems.add(where + ": is the same combination as '" + first + "'");
          }
        });
    return nameOf;
  }

  private void checkCells(List<Cell> cells, Set<String> names) {
    if (cells.isEmpty()) {
      problems.add("exclude: leaves no cell to run");
    }
    Set<String> seen = new HashSet<>();
    for (Cell cell : cells) {
      if (!seen.add(cell.name())) {
        problems.add("names." + cell.name() + ": two cells have this name");
      }
    }
    for (String name : names) {
      // An unknown level has been reported already, and makes no cell either.
      if (!seen.contains(name)
          && problems.stream().noneMatch(p -> p.startsWith("names." + name + ":"))) {
        problems.add("names." + name + ": names a combination that 'exclude' leaves out");
      }
    }
  }

  private List<Map<String, String>> product() {
    List<Map<String, String>> product = List.of(Map.of());
    List<Map.Entry<String, ? extends Collection<String>>> slowestFirst =
        new ArrayList<>(axes.entrySet());
    Collections.reverse(slowestFirst);
    for (Map.Entry<String, ? extends Collection<String>> axis : slowestFirst) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> levels : product) {
        for (String level : axis.getValue()) {
          Map<String, String> more = new LinkedHashMap<>();
          more.put(axis.getKey(), level);
          more.putAll(levels);
          longer.add(more);
        }
      }
      product = longer;
    }
    return product;
  }

  private static String defaultName(Map<String, String> levels) {
    StringBuilder name = new StringBuilder();
    levels.forEach(
        (axis, level) ->
            name.append(name.isEmpty() ? "" : ",").append(axis).append('=').append(level));
    return name.isEmpty() ? "only" : name.toString();
  }

  private static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
