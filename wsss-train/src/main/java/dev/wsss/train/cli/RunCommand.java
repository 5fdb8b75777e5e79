package dev.wsss.train.cli;

import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.pipeline.Pipeline;
import dev.wsss.train.pipeline.PipelineEstimate;
import dev.wsss.train.pipeline.PipelineRange;
import dev.wsss.train.pipeline.PipelineResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss run}: from photographs to masks. */
@Command(
    name = "run",
    description = {
      "Go from photographs with labels to masks: train, infer maps, refine, and so on.",
      "What is finished is kept, however the command ended; the same command goes on from there."
          + " A change re-runs the stages that depend on it, and no others."
    })
final class RunCommand implements Callable<Integer> {
  private final Program program;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description =
          "Make this stage and all after it anew, though they are finished; what they had made"
              + " moves to DIR/replaced.")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "STAGE", description = "End with this stage.")
  private @Nullable String until;

  @Option(
      names = "--explain",
      description = "Say at once which stages would run and why; run nothing.")
  private boolean explain;

  @Option(
      names = "--dry-run",
      description =
          "Try a little of each stage that would run, on a few pictures, and say what all of it"
              + " would take; DIR stays as it is.")
  private boolean dryRun;

  RunCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    ConfigLoader loader = program.configurations();
    ConfigTree tree = loader.load(configuration.config(), configuration.overrides());
    if (AblationPlan.isAblation(tree)) {
      throw new UsageException(
          configuration.config() + " is an ablation; run it with 'wsss ablate'");
    }
    ResolvedRun run = ResolvedRun.bind(loader, tree);
    if (configuration.printConfig()) {
      program.terminal().result(run.describe().stripTrailing());
      return ExitCode.OK.code();
    }
    Path out = output.out();
    Pipeline pipeline = new Pipeline(run.askedForBy(program.arguments()), out);
    PipelineRange range = new PipelineRange(Optional.ofNullable(from), Optional.ofNullable(until));
    if (explain && !dryRun) {
      program.terminal().result(PlanText.of(pipeline.plan(range)));
      return ExitCode.OK.code();
    }
    if (dryRun) {
      PipelineEstimate estimate = pipeline.estimate(range, output.trying(program.terminal()));
      program.terminal().result(EstimateText.of(estimate));
      return ExitCode.OK.code();
    }
    if (!output.quiet()) {
      DerivedLines.of(run.derived()).forEach(program.terminal()::line);
    }
    PipelineResult result = run(pipeline, range, out);
    result.tables().forEach(table -> program.terminal().result(table.terminal().stripTrailing()));
    result.failure().ifPresent(failure -> program.terminal().line("warning: " + failure));
    result
        .pseudoLabels()
        .ifPresent(
            masks -> program.terminal().line("masks of the training pictures are in " + masks));
    result
        .masks()
        .filter(masks -> !result.pseudoLabels().equals(Optional.of(masks)))
        .ifPresent(masks -> program.terminal().line("masks of the last stage are in " + masks));
    Path report = out.resolve("report.html");
    if (result.masks().isPresent() && Files.exists(report)) {
      program.terminal().line("pictures under the masks of each stage are in " + report);
    }
    if (!output.quiet()) {
      program.terminal().line("all is in " + out);
    }
    return ExitCode.OK.code();
  }

  private PipelineResult run(Pipeline pipeline, PipelineRange range, Path out) {
    try (OutputFolder made = OutputFolder.make(out);
        Logs.OpenLog log = program.logs().open(out)) {
      return pipeline.run(range, new PipelineProgress(program.terminal(), output));
    }
  }
}
