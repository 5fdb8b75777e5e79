package dev.wsss.train.ablation;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.report.AblationRow;
import dev.wsss.eval.report.AblationTable;
import dev.wsss.eval.report.CellTables;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.StageTables;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that compare an ablation's cells: {@code ablation.csv}, {@code scores.csv}, {@code
 * ablation.md}, {@code overlays.png}.
 */
public final class AblationReport {
  private final AblationPlan plan;
  private final SegmentationDataset data;
  private final Map<PlannedRun, CellOutcome> outcomes;

  /**
   * @param data whose pictures were scored
   * @param outcomes of the runs that are finished
   */
  public AblationReport(
      AblationPlan plan, SegmentationDataset data, Map<PlannedRun, CellOutcome> outcomes) {
    this.plan = plan;
    this.data = data;
    this.outcomes = outcomes;
  }

  /** Writes {@code ablation.csv} and {@code scores.csv}. */
  public void writeCsv(Path folder) {
    table()
        .ifPresent(
            table -> {
              write(folder.resolve("ablation.csv"), table.csv());
              write(folder.resolve("scores.csv"), table.scoresCsv());
            });
  }

  /**
   * Writes all four.
   *
   * @return the table for the terminal; empty where no run is finished
   */
  public Optional<String> writeAll(Path folder) {
    Optional<CellTables> table = table();
    if (table.isEmpty()) {
      return Optional.empty();
    }
    writeCsv(folder);
    boolean drawn = new Overlays(plan, data, outcomes).write(folder.resolve("overlays.png"));
    String picture = drawn ? "\n![The same pictures in every cell](overlays.png)\n" : "";
    String below = "\n" + leftOut();
    write(
        folder.resolve("ablation.md"),
        note() + table.get().markdown().stripTrailing() + below + picture);
    return Optional.of((note() + table.get().terminal().stripTrailing() + below).stripTrailing());
  }

  private Optional<CellTables> table() {
    List<AblationRow> rows = new ArrayList<>();
    for (String cell : plan.cells()) {
      outcomes.forEach(
          (run, outcome) -> {
            if (run.cell().name().equals(cell)) {
              rows.add(row(run, outcome.result()));
            }
          });
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        plan.isOverPipelines()
            ? new StageTables(data.classes(), baseline(), rows)
            : new AblationTable(data.classes(), baseline(), rows));
  }

  /** The plan's baseline, or where that has no result the first cell that has one. */
  private String baseline() {
    Set<String> finished = new HashSet<>();
    outcomes.keySet().forEach(run -> finished.add(run.cell().name()));
    return finished.contains(plan.baseline())
        ? plan.baseline()
        : plan.cells().stream().filter(finished::contains).findFirst().orElseThrow();
  }

  private String note() {
    return baseline().equals(plan.baseline())
        ? ""
        : "The baseline cell '"
            + plan.baseline()
            + "' has no result; '"
            + baseline()
            + "' stands in for it.\n\n";
  }

  /** Which runs could not use some pictures; a paragraph each. */
  private String leftOut() {
    CellProblems unused = new CellProblems(plan.cells(), plan.seeds());
    outcomes.forEach(
        (run, outcome) -> {
          outcome
              .result()
              .leftOut()
              .ifPresent(line -> unused.add(run.cell().name(), run.seed(), line));
        });
    return unused.lines().stream().map(line -> "\n" + line + "\n").collect(Collectors.joining());
  }

  private static AblationRow row(PlannedRun run, RunResult result) {
    return new AblationRow(
        run.cell().name(), run.cell().levels(), run.seed(), result.split(), result.scores());
  }

  private static void write(Path file, String text) {
    try {
      WholeFile.write(file, target -> Files.writeString(target, text));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + IoReason.of(e), e);
    }
  }
}
