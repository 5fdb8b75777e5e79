package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.train.progress.ProgressLine;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--model",
      paramLabel = "FILE",
      description =
          "Score this exported model, by ONNX Runtime, in place of the run's own network.")
  private @Nullable Path model;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description =
          "Write all numbers, not rounded, to this new file, as the scores.json of a run.")
  private @Nullable Path scores;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Score from which a pixel of a mask gets its class, 0 to 1; default: the best one on"
              + " training pictures set apart, or scoring.mask-threshold where these have no masks.")
  private @Nullable Double threshold;

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description = "Override a value of the run's configuration, for example -o cams.flip=false.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  EvalCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (out != null && Files.exists(out)) {
      throw new UsageException(out + " exists; --out takes a new folder, so that nothing is lost");
    }
    if (scores != null && Files.exists(scores)) {
      throw new UsageException(
          scores + " exists; --scores takes a new file, so that nothing is lost");
    }
    if (out != null && model != null) {
      throw new UsageException("--model scores only; wsss predict writes masks with a model");
    }
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw new UsageException("--threshold is " + threshold + "; allowed are 0 to 1");
    }
    OptionalDouble given =
        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    RunListener listener = quiet ? RunListener.SILENT : new ProgressLine(program.terminal(), "");
    List<String> all = Stream.concat(overrides.stream(), device.overrides().stream()).toList();
    try (Run run = open(all)) {
      String scored = Optional.ofNullable(split).orElseGet(run::split);
      RunResult result;
      if (model != null) {
        try (OnnxSession exported = OnnxSession.open(model, run.deviceChoice())) {
          describe(exported.device());
          result = run.score(exported, scored, given, listener);
        }
      } else {
        describe(run.device());
        result =
            out == null
                ? run.score(scored, given, listener)
                : run.label(scored, out, given, listener);
      }
      if (!result.scores().isEmpty()) {
        program.terminal().result(ScoreTable.of(result, run.data().classes()));
      } else if (out == null) {
        program
            .terminal()
            .line(
                "no picture of split '"
                    + scored
                    + "' has a mask, so there is nothing to score; --out labels them");
      }
      if (out != null) {
        program.terminal().line(MaskLine.of(result, out));
      }
      write(result, run);
    }
    return ExitCode.OK.code();
  }

  private Run open(List<String> all) {
    return model == null
        ? Run.trained(folder, program.configurations(), all)
        : Run.besideModel(folder, program.configurations(), all);
  }

  private void describe(ChosenDevice device) {
    if (!quiet) {
      program.terminal().line(device.line());
    }
  }

  private void write(RunResult result, Run run) {
    if (scores == null) {
      return;
    }
    try {
      result.write(scores, run.data().classes());
    } catch (IOException e) {
      throw new UsageException("cannot write to " + scores + ": " + e.getMessage());
    }
  }
}
