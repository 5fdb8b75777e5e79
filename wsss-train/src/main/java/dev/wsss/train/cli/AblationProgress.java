package dev.wsss.train.cli;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Score;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationReport;
import dev.wsss.train.ablation.CellRunner;
import dev.wsss.train.ablation.Outcome;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.progress.Terminal;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows where an ablation stands, a line for each run that ends, and keeps {@code ablation.csv} up
 * to date.
 */
final class AblationProgress implements AblationListener {
  private final Terminal terminal;
  private final OutputOptions output;
  private final AblationPlan plan;
  private final CellRunner runner;
  private final Path folder;
  private final Map<PlannedRun, Outcome> outcomes = new LinkedHashMap<>();
  private @Nullable SegmentationDataset data;

  AblationProgress(
      Terminal terminal, OutputOptions output, AblationPlan plan, CellRunner runner, Path folder) {
    this.terminal = terminal;
    this.output = output;
    this.plan = plan;
    this.runner = runner;
    this.folder = folder;
  }

  @Override
  public RunListener started(int number, int of, PlannedRun run) {
    return output.progress(terminal, place(number, of, run));
  }

  @Override
  public void finished(int number, int of, PlannedRun run, Outcome outcome) {
    outcomes.put(run, outcome);
    if (outcome.how() != Outcome.How.KEPT) {
      report(run).writeCsv(folder);
    }
    line(
        place(number, of, run)
            + switch (outcome.how()) {
              case TRAINED -> "  in " + ProgressLine.clockTime(outcome.result().seconds());
              case KEPT -> "  kept";
              case SHARED -> "  same configuration as " + folder.relativize(outcome.folder());
            }
            + miou(outcome.result()));
  }

  @Override
  public void failed(int number, int of, PlannedRun run, RuntimeException failure) {
    line(place(number, of, run) + "  failed: " + failure.getMessage());
  }

  /** Writes the files that compare what is finished, and gives the table for the terminal. */
  Optional<String> conclude() {
    return outcomes.keySet().stream().findFirst().flatMap(run -> report(run).writeAll(folder));
  }

  private AblationReport report(PlannedRun run) {
    SegmentationDataset scored = Optional.ofNullable(data).orElseGet(() -> runner.data(run));
    data = scored;
    return new AblationReport(plan, scored, outcomes);
  }

  private void line(String text) {
    if (!output.quiet()) {
      terminal.line(text);
    }
  }

  private static String place(int number, int of, PlannedRun run) {
    return "[" + number + "/" + of + "] " + run.title();
  }

  private static String miou(RunResult result) {
    StringBuilder text = new StringBuilder();
    for (List<Score> scores : result.scores().values()) {
      for (Score score : scores) {
        if (score.name().equals("miou")) {
          text.append(
              String.format(Locale.ROOT, "  mIoU %.1f %% (%s)", 100 * score.value(), score.mode()));
        }
      }
    }
    return text.toString();
  }
}
