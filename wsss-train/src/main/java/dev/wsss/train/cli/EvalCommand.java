package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.train.config.RunConfig;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss eval}: scores a run's last checkpoint. */
@Command(
    name = "eval",
    description = "Score the last checkpoint of a run's folder, and label pictures with --out.")
final class EvalCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "RUNDIR",
      description = "Folder of a run, for example runs/first or runs/quickstart/cells/full/seed-1.")
  private Path folder = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to score; default: the run's own.")
  private @Nullable String split;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write the maps and pseudo masks of all pictures of the split to DIR/cams and DIR/masks;"
              + " default: nothing is written.")
  private @Nullable Path out;

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description = "Override a value of the run's configuration, for example -o cams.flip=false.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  EvalCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Path file = new RunFolder(folder).configuration();
    if (!Files.isRegularFile(file)) {
      throw new UsageException(folder + " is no run's folder: it has no " + file.getFileName());
    }
    if (out != null && Files.exists(out)) {
      throw new UsageException(out + " exists; --out takes a new folder, so that nothing is lost");
    }
    ConfigLoader loader = program.configurations();
    // The networks that the run once started from are not needed for those it ended with.
    ConfigTree tree = loader.load(file, overrides).override("training.start=null");
    RunConfig config = loader.bind(tree, RunConfig.class);
    RunListener listener = quiet ? RunListener.SILENT : new ProgressLine(program.terminal(), "");
    String scored = Optional.ofNullable(split).orElse(config.scoring().split());
    try (Run run = Run.wire(config)) {
      if (out == null) {
        program.terminal().result(ScoreTable.of(run.score(folder, scored, listener)));
      } else {
        Run.Labelled labelled = run.label(folder, scored, out, listener);
        program.terminal().result(ScoreTable.of(labelled.result()));
        program
            .terminal()
            .line(
                String.format(
                    Locale.ROOT,
                    "masks of pixels that score %.2f or more are in %s",
                    labelled.threshold(),
                    out.resolve("masks")));
      }
    }
    return ExitCode.OK.code();
  }
}
