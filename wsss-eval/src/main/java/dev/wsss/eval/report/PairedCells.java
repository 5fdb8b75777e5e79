package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cells with their differences to one of them, paired by seed ({@link PairedBootstrap} says what
 * the intervals mean).
 */
final class PairedCells {
  private final String baseline;
  private final List<AblationRow> rows;
  private final List<String> cells;
  private final SeedValues values;

  /**
   * @param baseline the cell that the others are compared to
   * @param rows cells in the order in which they are shown
   * @throws IllegalArgumentException if there is no row of the baseline, a run comes twice, or the
   *     splits differ
   */
  PairedCells(String baseline, List<AblationRow> rows) {
    this.baseline = baseline;
    this.rows = List.copyOf(rows);
    this.cells = rows.stream().map(AblationRow::cell).distinct().toList();
    this.values = new SeedValues(this.rows);
    if (!cells.contains(baseline)) {
      throw new IllegalArgumentException(
          "no finished run of the baseline cell '" + baseline + "'; finished cells: " + cells);
    }
    List<String> splits = rows.stream().map(AblationRow::split).distinct().toList();
    if (splits.size() > 1) {
      throw new IllegalArgumentException("runs scored on different splits: " + splits);
    }
    for (String cell : cells) {
      List<Long> seeds =
          rows.stream().filter(r -> r.cell().equals(cell)).map(AblationRow::seed).toList();
      if (seeds.stream().distinct().count() != seeds.size()) {
        throw new IllegalArgumentException(
            "cell '" + cell + "' has two runs of one seed; seeds: " + seeds);
      }
    }
  }

  List<String> cells() {
    return cells;
  }

  SeedValues values() {
    return values;
  }

  String split() {
    return rows.get(0).split();
  }

  /** Says what the numbers are, and of which seeds. */
  String title(String what) {
    List<Long> seeds = seeds();
    return "%s in per cent%s %s."
        .formatted(
            what,
            seeds.size() > 1 ? "; mean ± sample standard deviation over seeds" : ", seed",
            seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private List<Long> seeds() {
    return rows.stream().map(AblationRow::seed).distinct().sorted().toList();
  }

  /** Numbers between the cells' names and the columns of differences. */
  List<String> header(List<String> numbers) {
    List<String> header = new ArrayList<>(List.of("cell"));
    header.addAll(numbers);
    header.addAll(List.of("pairs", "difference", "bootstrap 95 %", "Student t 95 %"));
    return header;
  }

  /** Adds the columns of differences. */
  List<String> withDifference(List<String> line, String cell, ScoreId id) {
    List<String> longer = new ArrayList<>(line);
    if (cell.equals(baseline)) {
      longer.addAll(List.of("", "baseline", "", ""));
    } else {
      PairedDifference difference = difference(cell, id);
      longer.add(String.valueOf(difference.pairs()));
      longer.add(Numbers.change(difference.mean()));
      longer.add(Numbers.change(difference.bootstrap()));
      longer.add(Numbers.change(difference.student()));
    }
    return longer;
  }

  /** One score of all cells, with differences. */
  TextTable ofOne(String heading, ScoreId id) {
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells) {
      String mean = Numbers.percent(values.summary(cell, id, Score::value));
      lines.add(withDifference(List.of(cell, mean), cell, id));
    }
    return new TextTable(heading, header(List.of(id.title())), lines);
  }

  PairedDifference difference(String cell, ScoreId id) {
    return values.difference(baseline, cell, id, Score::value);
  }

  /** Whether any run has values of background and every class. */
  boolean hasClasses(ScoreId id, ClassNames classes) {
    return rows.stream()
        .flatMap(row -> row.score(id).stream())
        .anyMatch(score -> score.perClass().size() == classes.count() + 1);
  }

  /** The baseline class by class, and the others' differences to it. */
  TextTable byClass(String heading, ScoreId id, ClassNames classes) {
    List<String> header = new ArrayList<>(List.of("class", baseline));
    cells.stream().filter(cell -> !cell.equals(baseline)).forEach(header::add);
    List<List<String>> lines = new ArrayList<>();
    for (int index = 0; index <= classes.count(); index++) {
      var number = SeedValues.ofClass(index);
      List<String> line = new ArrayList<>(List.of(classes.ofMaskIndex(index)));
      line.add(Numbers.percent(values.summary(baseline, id, number)));
      for (String cell : header.subList(2, header.size())) {
        line.add(Numbers.change(values.difference(baseline, cell, id, number).mean()));
      }
      lines.add(line);
    }
    String differences = header.size() > 2 ? ", and differences to it" : "";
    return new TextTable("%s: %s%s".formatted(heading, baseline, differences), header, lines);
  }

  String notes() {
    if (cells.size() < 2) {
      return "";
    }
    String note =
        "Differences are to '%s', paired by seed; the bootstrap draws seeds 10,000 times.\n"
            .formatted(baseline);
    int seeds = seeds().size();
    return switch (seeds) {
      case 1 -> note + "One seed gives no interval.\n";
      case 2, 3 ->
          note
              + "With so few pairs it runs from the smallest to the largest difference: above zero"
              + " means that\n"
              + "every seed gained, which chance does once in %d. Student's t assumes normal differences.\n"
                  .formatted(1 << seeds);
      default -> note;
    };
  }
}
