package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of an ablation over seeds: mean ± sample standard deviation, and paired differences to
 * the baseline cell with their intervals ({@link PairedBootstrap} says what these mean).
 *
 * <p>Scores are matched by metric, name and mode. Each threshold mode of a metric has a table of
 * its own, in which the metric's first score is compared; each score without threshold has one too.
 * Class by class, the first {@code miou} is compared. Runs are paired by seed; a seed that only one
 * of two cells has finished counts for its mean, not for the difference.
 */
public final class AblationTable implements CellTables {
  private final ClassNames classes;
  private final List<AblationRow> rows;
  private final PairedCells cells;
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
    this.rows = List.copyOf(rows);
    this.cells = new PairedCells(baseline, rows);
    this.values = cells.values();
    this.ids = ScoreId.of(this.rows);
  }

  @Override
  public String title() {
    return cells.title("Scores on split '%s'".formatted(cells.split()));
  }

  @Override
  public String notes() {
    return cells.notes();
  }

  /**
   * One line for each run and threshold mode with columns {@code
   * cell,seed,split,threshold_mode,threshold,miou,precision,recall}; shares 0…1.
   */
  @Override
  public String csv() {
    return AblationCsv.text(rows);
  }

  @Override
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
    return cells.difference(cell, new ScoreId(metric, name, mode));
  }

  @Override
  public List<TextTable> tables() {
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
        .filter(id -> cells.hasClasses(id, classes))
        .forEach(id -> tables.add(byClass(id)));
    return tables;
  }

  private List<Map<Long, Double>> thresholds(ScoreId id) {
    return cells.cells().stream().map(cell -> values.of(cell, id, Score::threshold)).toList();
  }

  /** The first score is compared with the baseline's. */
  private TextTable thresholded(List<ScoreId> columns) {
    ScoreId first = columns.get(0);
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells.cells()) {
      List<String> line = new ArrayList<>(List.of(cell));
      for (ScoreId id : columns) {
        line.add(Numbers.percent(values.summary(cell, id, Score::value)));
      }
      line.add(Numbers.thresholds(SeedValues.array(values.of(cell, first, Score::threshold))));
      lines.add(cells.withDifference(line, cell, first));
    }
    List<String> numbers = new ArrayList<>(columns.stream().map(ScoreId::title).toList());
    numbers.add("threshold");
    String heading = (first.name().equals("miou") ? "CAM mIoU" : first.title()) + metric(first);
    return new TextTable(
        heading + ", threshold " + first.mode() + explained(first.mode()),
        cells.header(numbers),
        lines);
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
      case "share" -> " (below which a given share of the pixels lies, read from the maps alone)";
      default -> "";
    };
  }

  private TextTable unthresholded(ScoreId id) {
    String name = id.name().equals("map") ? "Image-level mean average precision" : id.name();
    return cells.ofOne(name + metric(id) + ", no threshold", id);
  }

  private TextTable byClass(ScoreId id) {
    return cells.byClass(
        "IoU by class%s, threshold %s".formatted(metric(id), id.mode()), id, classes);
  }
}
