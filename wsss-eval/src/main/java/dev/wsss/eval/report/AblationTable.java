package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The cells of an ablation over seeds: mean ± sample standard deviation, and paired differences to
 * the baseline cell with their intervals ({@link PairedBootstrap} says what these mean).
 *
 * <p>Scores are matched by metric, name and mode. Each threshold mode of a metric has a table of
 * its own, in which the metric's first score is compared; each score without threshold has one too.
 * Class by class, the first {@code miou} is compared. Runs are paired by seed; a seed that only one
 * of two cells has finished counts for its mean, not for the difference.
 */
public final class AblationTable {
  private final ClassNames classes;
  private final String baseline;
  private final List<AblationRow> rows;
  private final List<String> cells;
  private final SeedValues values;
  private final List<ScoreId> ids;

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
    this.ids = ScoreId.of(this.rows);
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
    return text(TextTable::terminal, prose -> prose);
  }

  /** The tables as Markdown. */
  public String markdown() {
    return text(TextTable::markdown, prose -> prose);
  }

  /** The tables as {@code tabular}s of LaTeX; title and notes are comments. */
  String latex() {
    return text(TextTable::latex, prose -> prose.replaceAll("(?m)^(?=.)", "% "));
  }

  /**
   * One line for each run and threshold mode with columns {@code
   * cell,seed,split,threshold_mode,threshold,miou,precision,recall}; shares 0…1.
   */
  public String csv() {
    return AblationCsv.text(rows);
  }

  /**
   * One line for each number of each run, with the axes' columns and then {@code
   * metric,name,mode,class,seed,value}; class {@code mean} is the mean over classes; shares 0…1.
   * What has no number is left out.
   */
  public String scoresCsv() {
    return ScoresCsv.text(classes, rows);
  }

  /**
   * The difference of a cell to the baseline over their common seeds.
   *
   * @param metric name of a metric in the configuration, for example {@code cam-miou}
   * @param name of a score, for example {@code miou}
   * @param mode of its threshold, or {@code none}
   */
  public PairedDifference difference(String cell, String metric, String name, String mode) {
    return values.difference(baseline, cell, new ScoreId(metric, name, mode), Score::value);
  }

  private String text(Function<TextTable, String> layout, UnaryOperator<String> prose) {
    List<String> parts = new ArrayList<>(List.of(prose.apply(title() + "\n")));
    tables().forEach(table -> parts.add(layout.apply(table)));
    if (cells.size() > 1) {
      parts.add(prose.apply(notes()));
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
    Map<List<Object>, List<ScoreId>> thresholded = new LinkedHashMap<>();
    for (ScoreId id : ids) {
      if (id.hasThreshold()) {
        // Scores of one metric at the same thresholds share a table.
        List<Object> key = List.of(id.metric(), id.mode(), thresholds(id));
        thresholded.computeIfAbsent(key, k -> new ArrayList<>()).add(id);
      }
    }
    thresholded.values().forEach(columns -> tables.add(thresholded(columns)));
    ids.stream().filter(id -> !id.hasThreshold()).forEach(id -> tables.add(unthresholded(id)));
    ids.stream()
        .filter(id -> id.name().equals("miou") && id.hasThreshold())
        .limit(1)
        .filter(this::hasClasses)
        .forEach(id -> tables.add(perClass(id)));
    return tables;
  }

  private List<Map<Long, Double>> thresholds(ScoreId id) {
    return cells.stream().map(cell -> values.of(cell, id, Score::threshold)).toList();
  }

  /** The first score is compared with the baseline's. */
  private TextTable thresholded(List<ScoreId> columns) {
    ScoreId first = columns.get(0);
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells) {
      List<String> line = new ArrayList<>(List.of(cell));
      for (ScoreId id : columns) {
        line.add(Numbers.percent(values.summary(cell, id, Score::value)));
      }
      line.add(Numbers.thresholds(SeedValues.array(values.of(cell, first, Score::threshold))));
      lines.add(withDifference(line, cell, first));
    }
    List<String> numbers = new ArrayList<>(columns.stream().map(ScoreId::title).toList());
    numbers.add("threshold");
    String heading = (first.name().equals("miou") ? "CAM mIoU" : first.title()) + metric(first);
    return new TextTable(
        heading + ", threshold " + first.mode() + explained(first.mode()), header(numbers), lines);
  }

  /** Says which metric a score is of, where several have one of that name. */
  private String metric(ScoreId id) {
    boolean several =
        ids.stream()
                .filter(other -> other.name().equals(id.name()))
                .map(ScoreId::metric)
                .distinct()
                .count()
            > 1;
    return several ? " of " + id.metric() : "";
  }

  private static String explained(String mode) {
    return switch (mode) {
      case "held-out" -> " (chosen on pictures set apart)";
      case "oracle" -> " (chosen on the reported pictures: an upper bound)";
      case "fixed" -> " (given beforehand)";
      default -> "";
    };
  }

  private TextTable unthresholded(ScoreId id) {
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells) {
      String mean = Numbers.percent(values.summary(cell, id, Score::value));
      lines.add(withDifference(new ArrayList<>(List.of(cell, mean)), cell, id));
    }
    String name = id.name().equals("map") ? "Image-level mean average precision" : id.name();
    return new TextTable(name + metric(id) + ", no threshold", header(List.of(id.title())), lines);
  }

  private static List<String> header(List<String> numbers) {
    List<String> header = new ArrayList<>(List.of("cell"));
    header.addAll(numbers);
    header.addAll(List.of("pairs", "difference", "bootstrap 95 %", "Student t 95 %"));
    return header;
  }

  private List<String> withDifference(List<String> line, String cell, ScoreId id) {
    if (cell.equals(baseline)) {
      line.addAll(List.of("", "baseline", "", ""));
    } else {
      PairedDifference difference = values.difference(baseline, cell, id, Score::value);
      line.add(String.valueOf(difference.pairs()));
      line.add(Numbers.change(difference.mean()));
      line.add(Numbers.change(difference.bootstrap()));
      line.add(Numbers.change(difference.student()));
    }
    return line;
  }

  private boolean hasClasses(ScoreId id) {
    return rows.stream()
        .flatMap(row -> row.score(id).stream())
        .anyMatch(score -> score.perClass().size() == classes.count() + 1);
  }

  private TextTable perClass(ScoreId id) {
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
    return new TextTable(
        "IoU by class%s, threshold %s: %s%s"
            .formatted(metric(id), id.mode(), baseline, differences),
        header,
        lines);
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
