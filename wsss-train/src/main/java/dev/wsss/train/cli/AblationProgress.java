package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.report.StageTables;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.CellOutcome;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.engine.TensorEngine;
import dev.wsss.train.pipeline.PipelineListener;
import dev.wsss.train.pipeline.StageCost;
import dev.wsss.train.pipeline.StageListener;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.run.RunResult;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Shows where an ablation stands, a line for each run that ends, and logs to each run's folder. */
final class AblationProgress implements AblationListener {
  private final Program program;
  private final OutputOptions output;
  private final Path folder;
  private final Set<String> devices = new HashSet<>();
  private AblationTime time = new AblationTime(List.of());
  private double stageSeconds; // of the stages that the run at work has made itself

  AblationProgress(Program program, OutputOptions output, Path folder) {
    this.program = program;
    this.output = output;
    this.folder = folder;
  }

  @Override
  public void moved(Path from, Path to) {
    line(folder.relativize(from) + " is now " + folder.relativize(to));
  }

  @Override
  public void begins(List<PlannedRun> toTrain) {
    time = new AblationTime(toTrain);
  }

  @Override
  public RunListener started(int number, int of, PlannedRun run) {
    String device = TensorEngine.choose(run.config().engine().deviceChoice()).line();
    if (devices.add(device)) {
      line(device);
    }
    return output.progress(program.terminal(), place(number, of, run));
  }

  @Override
  public PipelineListener startedPipeline(int number, int of, PlannedRun run) {
    PipelineListener all =
        new PipelineProgress(program.terminal(), output, place(number, of, run) + ", ");
    stageSeconds = 0;
    return new PipelineListener() { // a stage that is kept was told by the cell that made it
      @Override
      public StageListener started(int number, int of, String stage, Path folder, String reason) {
        return all.started(number, of, stage, folder, reason);
      }

      @Override
      public void finished(int number, int of, String stage, StageCost cost) {
        all.finished(number, of, stage, cost);
        stageSeconds += cost.seconds();
      }
    };
  }

  @Override
  public RunResult during(PlannedRun run, Path folder, Supplier<RunResult> work) {
    try (Logs.OpenLog log = program.logs().open(folder)) {
      return work.get();
    }
  }

  @Override
  public void finished(int number, int of, PlannedRun run, CellOutcome outcome) {
    boolean isPipeline = isPipeline(outcome.result());
    boolean isTrained = outcome.how() == CellOutcome.How.TRAINED;
    if (isTrained) {
      time.trained(run, isPipeline ? stageSeconds : outcome.result().seconds());
    }
    line(
        place(number, of, run)
            + switch (outcome.how()) {
              case TRAINED ->
                  isPipeline
                      ? "  finished" // its stages have said what they took, shared ones once
                      : "  in " + ProgressLine.clockTime(outcome.result().seconds());
              case RESCORED -> "  scored anew";
              case KEPT -> "  kept";
              case SHARED -> "  same configuration as " + folder.relativize(outcome.folder());
            }
            + miou(outcome.result())
            + (isTrained ? time.text(isPipeline) : ""));
  }

  @Override
  public void failed(int number, int of, PlannedRun run, RuntimeException failure) {
    time.failed(run);
    line(place(number, of, run) + "  failed: " + failure.getMessage());
  }

  private void line(String text) {
    if (!output.quiet()) {
      program.terminal().line(text);
    }
  }

  private static String place(int number, int of, PlannedRun run) {
    return "[" + number + "/" + of + "] " + run.title();
  }

  private static boolean isPipeline(RunResult result) {
    return result.scores().containsKey(StageTables.LAST);
  }

  /** Of a pipeline, that of its last masks alone. */
  private static String miou(RunResult result) {
    StringBuilder text = new StringBuilder();
    Collection<List<Score>> shown =
        isPipeline(result)
            ? List.of(result.scores().getOrDefault(StageTables.LAST, List.of()))
            : result.scores().values();
    for (List<Score> scores : shown) {
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
