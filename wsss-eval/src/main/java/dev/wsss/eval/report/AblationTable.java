package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The cells of an ablation over seeds: mean ± sample standard deviation, and paired differences to
 * the baseline cell with their intervals ({@link PairedBootstrap} says what these mean).
 *
 * <p>Scores are matched by name. Each threshold mode of {@code miou} has a table of its own, with
 * {@code precision} and {@code recall}; each score without threshold has one too. Class by class,
 * the IoU of the first mode is compared. Runs are paired by seed; a seed that only one of two cells
 * has finished counts for its mean, not for the difference.
 */
public final class AblationTable {
  private final ClassNames classes;
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
  public AblationTable(ClassNames classes, String baseline, List<AblationRow> rows) {
    this.classes = classes;
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

  /** The tables as aligned text. */
  public String terminal() {
    return text(TextTable::terminal);
  }

  /** The tables as Markdown. */
  public String markdown() {
    return text(TextTable::markdown);
  }

  /**
   * One line for each run and threshold mode with columns {@code
   * cell,seed,split,threshold_mode,threshold,miou,precision,recall}; shares 0…1.
   */
  public String csv() {
    return AblationCsv.text(rows);
  }

  /**
   * The difference of a cell to the baseline over their common seeds.
   *
   * @param name of a score, for example {@code miou}
   * @param mode of its threshold, or {@code none}
   */
  public PairedDifference difference(String cell, String name, String mode) {
    return values.difference(baseline, cell, name, mode, Score::value);
  }

  private String text(Function<TextTable, String> layout) {
    List<String> parts = new ArrayList<>(List.of(title() + "\n"));
    tables().forEach(table -> parts.add(layout.apply(table)));
    if (cells.size() > 1) {
      parts.add(notes());
    }
    return String.join("\n", parts);
  }

  private List<Long> seeds() {
    return rows.stream().map(AblationRow::seed).distinct().sorted().toList();
  }

  private String title() {
    List<Long> seeds = seeds();
    return "Scores on split '%s' in per cent%s %s."
        .formatted(
            rows.get(0).split(),
            seeds.size() > 1 ? "; mean ± sample standard deviation over seeds" : ", seed",
            seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private List<TextTable> tables() {
    List<TextTable> tables = new ArrayList<>();
    List<String> modes = distinct(score -> score.name().equals("miou"), Score::mode);
    List<String> plain = distinct(score -> score.mode().equals("none"), Score::name);
    modes.forEach(mode -> tables.add(thresholded(mode)));
    plain.forEach(name -> tables.add(unthresholded(name)));
    modes.stream().limit(1).filter(this::hasClasses).forEach(mode -> tables.add(perClass(mode)));
    return tables;
  }

  private List<String> distinct(Predicate<Score> which, Function<Score, String> what) {
    return rows.stream()
        .flatMap(row -> row.scores().stream())
        .filter(which)
        .map(what)
        .distinct()
        .toList();
  }

  private TextTable thresholded(String mode) {
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells) {
      List<String> line = new ArrayList<>(List.of(cell));
      for (String name : List.of("miou", "precision", "recall")) {
        line.add(Numbers.percent(values.summary(cell, name, mode, Score::value)));
      }
      var thresholds = values.of(cell, "miou", mode, Score::threshold);
      line.add(Numbers.thresholds(SeedValues.array(thresholds)));
      lines.add(withDifference(line, cell, "miou", mode));
    }
    String heading = "CAM mIoU, threshold " + mode + explained(mode);
    return new TextTable(heading, header("mIoU", "precision", "recall", "threshold"), lines);
  }

  private static String explained(String mode) {
    return switch (mode) {
      case "held-out" -> " (chosen on pictures set apart)";
      case "oracle" -> " (chosen on the reported pictures: an upper bound)";
      case "fixed" -> " (given beforehand)";
      default -> "";
    };
  }

  private TextTable unthresholded(String name) {
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells) {
      String mean = Numbers.percent(values.summary(cell, name, "none", Score::value));
      lines.add(withDifference(new ArrayList<>(List.of(cell, mean)), cell, name, "none"));
    }
    boolean map = name.equals("map");
    String heading = (map ? "Image-level mean average precision" : name) + ", no threshold";
    return new TextTable(heading, header(map ? "mAP" : name), lines);
  }

  private static List<String> header(String... numbers) {
    List<String> header = new ArrayList<>(List.of("cell"));
    header.addAll(List.of(numbers));
    header.addAll(List.of("pairs", "difference", "bootstrap 95 %", "Student t 95 %"));
    return header;
  }

  private List<String> withDifference(List<String> line, String cell, String name, String mode) {
    if (cell.equals(baseline)) {
      line.addAll(List.of("", "baseline", "", ""));
    } else {
      PairedDifference difference = difference(cell, name, mode);
      line.add(String.valueOf(difference.pairs()));
      line.add(Numbers.change(difference.mean()));
      line.add(Numbers.change(difference.bootstrap()));
      line.add(Numbers.change(difference.student()));
    }
    return line;
  }

  private boolean hasClasses(String mode) {
    return rows.stream()
        .flatMap(row -> row.score("miou", mode).stream())
        .anyMatch(score -> score.perClass().size() == classes.count() + 1);
  }

  private TextTable perClass(String mode) {
    List<String> header = new ArrayList<>(List.of("class", baseline));
    cells.stream().filter(cell -> !cell.equals(baseline)).forEach(header::add);
    List<List<String>> lines = new ArrayList<>();
    for (int index = 0; index <= classes.count(); index++) {
      var number = SeedValues.ofClass(index);
      List<String> line = new ArrayList<>(List.of(classes.ofMaskIndex(index)));
      line.add(Numbers.percent(values.summary(baseline, "miou", mode, number)));
      for (String cell : header.subList(2, header.size())) {
        line.add(Numbers.change(values.difference(baseline, cell, "miou", mode, number).mean()));
      }
      lines.add(line);
    }
    String differences = header.size() > 2 ? ", and differences to it" : "";
    return new TextTable(
        "IoU by class, threshold " + mode + ": " + baseline + differences, header, lines);
  }

  private String notes() {
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
