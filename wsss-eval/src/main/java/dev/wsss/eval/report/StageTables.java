package dev.wsss.eval.report;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Cells whose runs make masks in several stages: for each split what the last and the first stage's
 * masks are worth, with paired differences to the baseline cell, and the mIoU of every stage's; and
 * image-level mean average precision, of whichever stage has it.
 *
 * <p>A stage is a metric of its rows, {@link #LAST} the last one once more, whatever its name; the
 * mode of a score is the split. A cell without a stage has no number there.
 */
public final class StageTables implements CellTables {
  /** The metric of the last stage that makes masks of a split. */
  public static final String LAST = "masks";

  /** In the place of a stage: mIoU of masks that need no network, by what they are. */
  public static final String TRIVIAL = "trivial";

  private static final List<String> NAMES = List.of("miou", "precision", "recall", "boundary-f");
  private static final String MAP = "map";

  private final ClassNames classes;
  private final List<AblationRow> rows;
  private final PairedCells cells;

  /**
   * @param baseline the cell that the others are compared to
   * @param rows cells in the order in which they are shown
   * @throws IllegalArgumentException as {@link AblationTable} does
   */
  public StageTables(ClassNames classes, String baseline, List<AblationRow> rows) {
    this.classes = classes;
    this.rows = List.copyOf(rows);
    this.cells = new PairedCells(baseline, rows);
  }

  @Override
  public String title() {
    if (splits().isEmpty()) {
      return "There are no exact masks to compare with.";
    }
    return cells.title(splits(LAST).isEmpty() ? "Image-level scores" : "Masks");
  }

  @Override
  public String notes() {
    return splits().isEmpty() ? "" : cells.notes();
  }

  @Override
  public List<TextTable> tables() {
    List<TextTable> tables = new ArrayList<>();
    for (String split : splits()) {
      if (splits(LAST).contains(split)) {
        tables.add(masks("The last masks", LAST, split));
        first(split)
            .ifPresent(stage -> tables.add(masks("The maps' masks (" + stage + ")", stage, split)));
        tables.add(stages(split));
      }
      stages().stream()
          .map(stage -> new ScoreId(stage, MAP, split))
          .filter(this::isThere)
          .forEach(
              id ->
                  tables.add(
                      cells.ofOne(
                          "Image-level mean average precision on split '%s'".formatted(split),
                          id)));
    }
    splits().stream()
        .filter(splits(LAST)::contains)
        .map(split -> new ScoreId(LAST, "miou", split))
        .limit(1)
        .filter(id -> cells.hasClasses(id, classes))
        .forEach(
            id ->
                tables.add(
                    cells.byClass(
                        "IoU by class of the last masks of split '%s'".formatted(id.mode()),
                        id,
                        classes)));
    return tables;
  }

  /** The first stage with masks, where later ones have made others of them. */
  private Optional<String> first(String split) {
    ScoreId last = new ScoreId(LAST, "miou", split);
    return stages().stream()
        .filter(stage -> isThere(new ScoreId(stage, "miou", split)))
        .findFirst()
        .filter(
            stage ->
                rows.stream()
                    .anyMatch(
                        row ->
                            !row.score(new ScoreId(stage, "miou", split)).equals(row.score(last))));
  }

  private TextTable masks(String what, String stage, String split) {
    List<List<String>> lines = new ArrayList<>();
    List<ScoreId> columns = NAMES.stream().map(name -> new ScoreId(stage, name, split)).toList();
    for (String cell : cells.cells()) {
      List<String> line = new ArrayList<>(List.of(cell));
      columns.forEach(
          id -> line.add(Numbers.percent(cells.values().summary(cell, id, Score::value))));
      lines.add(cells.withDifference(line, cell, columns.get(0)));
    }
    List<String> header = cells.header(columns.stream().map(ScoreId::title).toList());
    trivial(split)
        .forEach(
            score -> {
              List<String> line =
                  new ArrayList<>(List.of(score.name(), Numbers.percent(score.value())));
              line.addAll(Collections.nCopies(header.size() - line.size(), ""));
              lines.add(line);
            });
    return new TextTable("%s of split '%s'".formatted(what, split), header, lines);
  }

  /** The same for all cells, which share their pictures. */
  private List<Score> trivial(String split) {
    return rows.stream()
        .map(
            row ->
                row.scores().getOrDefault(TRIVIAL, List.of()).stream()
                    .filter(score -> score.mode().equals(split))
                    .toList())
        .filter(scores -> !scores.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private boolean isThere(ScoreId id) {
    return rows.stream().anyMatch(row -> row.score(id).isPresent());
  }

  private TextTable stages(String split) {
    List<ScoreId> columns =
        stages().stream()
            .map(stage -> new ScoreId(stage, "miou", split))
            .filter(this::isThere)
            .toList();
    List<String> header = new ArrayList<>(List.of("cell"));
    columns.forEach(id -> header.add(id.metric()));
    List<List<String>> lines = new ArrayList<>();
    for (String cell : cells.cells()) {
      List<String> line = new ArrayList<>(List.of(cell));
      columns.forEach(
          id -> line.add(Numbers.percent(cells.values().summary(cell, id, Score::value))));
      lines.add(line);
    }
    return new TextTable(
        "mIoU of the masks of split '%s' stage by stage".formatted(split), header, lines);
  }

  /** Those with masks, and then those with image-level scores alone; the scored one first. */
  private List<String> splits() {
    Set<String> splits = new LinkedHashSet<>(splits(LAST));
    stages().forEach(stage -> splits.addAll(splits(stage)));
    List<String> ordered = new ArrayList<>(splits);
    if (ordered.remove(cells.split())) {
      ordered.add(0, cells.split());
    }
    return ordered;
  }

  private Set<String> splits(String stage) {
    return rows.stream()
        .flatMap(row -> row.scores().getOrDefault(stage, List.of()).stream())
        .map(Score::mode)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those of all rows; a stage that only some have stands behind the one it follows there. */
  private List<String> stages() {
    List<String> stages = new ArrayList<>();
    for (AblationRow row : rows) {
      int after = 0;
      for (String stage : row.scores().keySet()) {
        if (!stages.contains(stage)) {
          stages.add(after, stage);
        }
        after = stages.indexOf(stage) + 1;
      }
    }
    stages.removeAll(List.of(LAST, TRIVIAL));
    return stages;
  }

  /**
   * One line for each run, stage and split, with columns {@code
   * cell,seed,split,stage,miou,precision,recall,boundary_f,image_map}; shares 0…1, empty where
   * there is no number. The stage {@code masks} is the last one once more, without image mAP.
   */
  @Override
  public String csv() {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader(
                "cell",
                "seed",
                "split",
                "stage",
                "miou",
                "precision",
                "recall",
                "boundary_f",
                "image_map")
            .setRecordSeparator("\n")
            .get();
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (AblationRow row : rows) {
        for (String stage : row.scores().keySet()) {
          for (String split : splits()) {
            ScoreId map = new ScoreId(stage, MAP, split);
            if (row.score(new ScoreId(stage, "miou", split)).isPresent()
                || row.score(map).isPresent()) {
              List<Object> line = new ArrayList<>(List.of(row.cell(), row.seed(), split, stage));
              NAMES.forEach(name -> line.add(share(row, new ScoreId(stage, name, split))));
              line.add(share(row, map));
              printer.printRecord(line);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder throws none
    }
    return text.toString();
  }

  private static String share(AblationRow row, ScoreId id) {
    Optional<Score> score = row.score(id).filter(s -> !Double.isNaN(s.value()));
    return score.map(s -> String.format(Locale.ROOT, "%.6f", s.value())).orElse("");
  }

  @Override
  public String scoresCsv() {
    return ScoresCsv.text(classes, rows);
  }
}
