package dev.wsss.train.cli;

import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.config.binding.ResolvedConfig;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.run.Resume;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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

  TrainCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    ConfigLoader loader = program.configurations();
    ConfigTree tree = loader.load(configuration.config(), configuration.overrides());
    if (AblationPlan.isAblation(tree)) {
      throw new UsageException(
          configuration.config() + " is an ablation; run it with 'wsss ablate'");
    }
    RunConfig config = loader.bind(tree, RunConfig.class);
    if (configuration.printConfig()) {
      program.terminal().result(ResolvedConfig.describe(tree, config).stripTrailing());
      return ExitCode.OK.code();
    }
    Path out = output.out();
    RunStarter starter = new RunStarter(program);
    checkFolder(tree, config, out, starter);
    RunResult result =
        starter.run(
            tree,
            config,
            out,
            resume ? Resume.CONTINUE : Resume.FRESH,
            output.progress(program.terminal(), ""));
    program.terminal().result(ScoreTable.of(result));
    if (!output.quiet()) {
      program
          .terminal()
          .line("finished in " + ProgressLine.clockTime(result.seconds()) + "; all is in " + out);
    }
    return ExitCode.OK.code();
  }

  /** Nothing that stands in a folder is overwritten. */
  private void checkFolder(ConfigTree tree, RunConfig config, Path out, RunStarter starter)
      throws IOException {
    if (!resume) {
      if (new RunFolder(out).isUsed()) {
        throw new UsageException(
            out
                + " is not empty, and nothing in it is overwritten; go on with --resume, or choose"
                + " another --out");
      }
      return;
    }
    Optional<String> difference = starter.difference(tree, config, out);
    if (difference.isPresent()) {
      throw new UsageException(
          "cannot resume "
              + out
              + ": it was made with another configuration ("
              + difference.get()
              + "); give the same one, or choose another --out");
    }
  }
}
