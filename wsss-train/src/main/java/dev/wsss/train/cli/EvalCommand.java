package dev.wsss.train.cli;

import dev.wsss.api.listener.RunListener;
import dev.wsss.eval.device.ChosenDevice;
import dev.wsss.eval.onnx.OnnxSession;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.eval.report.IoReason;
import dev.wsss.train.config.RefinementConfig;
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
  private static final String REFINE = "refine.";

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
      names = "--refine",
      paramLabel = "NAME",
      split = ",",
      description =
          "With --out: refine the maps of each picture before its mask is made, with one refiner or"
              + " several in this order, for example dense-crf, and score the masks.")
  private List<String> refiners = new ArrayList<>();

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description =
          "Override a value of the run's configuration, for example -o cams.flip=false, or of a"
              + " refiner, for example -o refine.dense-crf.preset=irn-label. Repeatable.")
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
    Optional<Refinement> refinement = refinement();
    RunListener listener = quiet ? RunListener.SILENT : new ProgressLine(program.terminal(), "");
    List<String> all =
        Stream.concat(overrides.stream().filter(o -> !isOfRefiner(o)), device.overrides().stream())
            .toList();
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
        result = scoredOrLabelled(run, scored, given, refinement, listener);
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
        program.terminal().line(MaskLine.of(result, out, refiners));
        if (refinement.isPresent()) {
          printRefined(run, scored, out.resolve("masks"));
        }
      }
      write(result, run);
    }
    return ExitCode.OK.code();
  }

  private static boolean isOfRefiner(String override) {
    return override.startsWith(REFINE);
  }

  private Optional<Refinement> refinement() {
    List<String> own = overrides.stream().filter(EvalCommand::isOfRefiner).toList();
    if (refiners.isEmpty()) {
      if (!own.isEmpty()) {
        throw new UsageException(
            "-o " + own.get(0) + " needs --refine, whose refiners have such keys");
      }
      return Optional.empty();
    }
    if (out == null) {
      throw new UsageException("--refine makes masks, and needs --out DIR to write them to");
    }
    return Optional.of(RefinementConfig.of(program.configurations(), refiners, own));
  }

  private RunResult scoredOrLabelled(
      Run run,
      String scored,
      OptionalDouble given,
      Optional<Refinement> refinement,
      RunListener listener) {
    Path to = out;
    if (to == null) {
      return run.score(scored, given, listener);
    }
    return refinement.isPresent()
        ? run.label(scored, to, given, refinement.get(), listener)
        : run.label(scored, to, given, listener);
  }

  private void printRefined(Run run, String scored, Path masks) {
    run.compare(scored, masks)
        .map(scores -> new MaskScoreTable(scores, run.data().classes()).text(masks, scored))
        .ifPresent(program.terminal()::result);
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
      throw new UsageException("cannot write to " + scores + ": " + IoReason.of(e));
    }
  }
}
