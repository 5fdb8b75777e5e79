package dev.wsss.train.cli;

import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.pipeline.TrainingTrial;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss train}: one run. */
@Command(name = "train", description = "Train one configuration and score it.")
final class TrainCommand implements Callable<Integer> {
  private final Program program;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--resume",
      description =
          "Go on from the last checkpoint in --out; the numbers are those of an unbroken run.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description =
          "Make the networks, read the weights, try some steps and some pictures, and say what all"
              + " of it would take or what is missing; nothing is kept, and --out is not needed.")
  private boolean dryRun;

  TrainCommand(Program program) {
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
    if (!output.quiet()) {
      DerivedLines.of(run.derived()).forEach(program.terminal()::line);
    }
    if (dryRun) {
      program
          .terminal()
          .result(EstimateText.of(TrainingTrial.estimate(run, output.trying(program.terminal()))));
      return ExitCode.OK.code();
    }
    Path out = output.out();
    RunStarter.Finished finished =
        new RunStarter(program).run(run, out, resume ? Resume.CONTINUE : Resume.FRESH, output);
    tell(finished, run.config().scoring().split(), out);
    return ExitCode.OK.code();
  }

  private void tell(RunStarter.Finished finished, String split, Path out) {
    RunResult result = finished.result();
    if (!result.scores().isEmpty()) {
      program.terminal().result(ScoreTable.of(result, finished.classes()));
    }
    if (!result.split().equals(split)) {
      program
          .terminal()
          .line(
              "there is no split '"
                  + split
                  + "', so all pictures of split '"
                  + result.split()
                  + "' got masks");
    }
    if (Files.isDirectory(out.resolve("masks"))) { // scoring.maps may be 0
      program.terminal().line(MaskLine.of(result, out));
    }
    result
        .failure()
        .ifPresent(failure -> failure.toString().lines().forEach(program.terminal()::line));
    if (!output.quiet()) {
      program
          .terminal()
          .line("finished in " + ProgressLine.clockTime(result.seconds()) + "; all is in " + out);
    }
  }
}
