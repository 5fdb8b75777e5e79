package dev.wsss.train.cli;

import dev.wsss.eval.report.IoReason;
import dev.wsss.train.config.PseudoLabelConfig;
import dev.wsss.train.config.ResolvedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import dev.wsss.train.pipeline.Pipeline;
import dev.wsss.train.pipeline.PipelineRange;
import dev.wsss.train.pipeline.PipelineResult;
import dev.wsss.train.pipeline.Tuning;
import dev.wsss.train.pipeline.TuningResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss tune}: settings of pseudo labels, chosen on pictures that are reported nowhere. */
@Command(
    name = "tune",
    description = {
      "Choose settings of pseudo labels on training pictures that are set apart.",
      "They are compared with masks, or with clicked pixels. Makes the maps of 'wsss run' where they are missing; writes a configuration and curves."
    })
final class TuneCommand implements Callable<Integer> {
  private final Program program;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--try",
      paramLabel = "KEY=V1,V2,…",
      description =
          "Values to try for a key, for example"
              + " --try pseudo-labels.refine.dense-crf.bilateral-compat=3,5,10. Repeatable, one key"
              + " after the other; default: the threshold of the maps, from 0.1 to 0.9, alpha or"
              + " background-share, whichever the background has.")
  private List<String> tries = new ArrayList<>();

  @Option(
      names = "--points",
      paramLabel = "FILE",
      description =
          "Clicked pixels of training pictures instead of masks: a table with the columns image, x,"
              + " y and class, which is a class or background.")
  private @Nullable Path points;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Where to write the configuration; default: DIR/tuned.yaml.")
  private @Nullable Path save;

  TuneCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    ConfigLoader loader = program.configurations();
    ConfigTree tree = loader.load(configuration.config(), configuration.overrides());
    ResolvedRun run = ResolvedRun.bind(loader, tree);
    if (configuration.printConfig()) {
      program.terminal().result(run.describe().stripTrailing());
      return ExitCode.OK.code();
    }
    Path out = output.out();
    Path file = Optional.ofNullable(save).orElse(out.resolve("tuned.yaml"));
    Map<String, List<String>> values = values(run);
    Pipeline pipeline = new Pipeline(run.askedForBy(program.arguments()), out);
    PipelineRange maps = new PipelineRange(Optional.empty(), Optional.of("maps"));
    try (OutputFolder folder = OutputFolder.make(out);
        Logs.OpenLog log = program.logs().open(out)) {
      PipelineResult made = pipeline.run(maps, new PipelineProgress(program.terminal(), output));
      Tuning tuning =
          new Tuning(
              settings -> ResolvedRun.bind(loader, with(tree, settings)),
              pipeline,
              made,
              Optional.ofNullable(points));
      TuningResult result = tuning.run(values, this::tell);
      pipeline.write(result, file, base());
      tell(result, file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + out + ": " + IoReason.of(e), e);
    }
    return ExitCode.OK.code();
  }

  /** A file is named by its place, so that the new one finds it from wherever it lies. */
  private String base() {
    Path file = Path.of(configuration.config());
    return Files.isRegularFile(file) ? file.toAbsolutePath().toString() : configuration.config();
  }

  private static ConfigTree with(ConfigTree tree, Map<String, String> settings) {
    ConfigTree set = tree;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      set = set.override(setting.getKey() + "=" + setting.getValue());
    }
    return set;
  }

  private Map<String, List<String>> values(ResolvedRun run) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String one : tries) {
      int equals = one.indexOf('=');
      if (equals < 1 || equals == one.length() - 1) {
        throw new UsageException(
            "--try "
                + one
                + ": allowed is KEY=V1,V2,…, for example pseudo-labels.threshold=0.3,0.4,0.5");
      }
      String key = one.substring(0, equals);
      if (!key.startsWith("pseudo-labels.")) {
        throw new UsageException(
            "--try " + key + ": only keys of pseudo-labels are tuned; other ones need training");
      }
      values.put(key, List.of(one.substring(equals + 1).split(",")));
    }
    if (values.isEmpty()) {
      values.putAll(
          usual(run.config().pseudoLabels().orElse(PseudoLabelConfig.USUAL).background()));
    }
    return values;
  }

  /** The number that the rule of the background has. */
  private static Map<String, List<String>> usual(PseudoLabelConfig.Background rule) {
    return switch (rule) {
      case THRESHOLD -> Map.of("pseudo-labels.threshold", twentieths(2));
      case SHARE -> Map.of("pseudo-labels.background-share", twentieths(10));
      case POWER -> Map.of("pseudo-labels.alpha", List.of("1", "2", "4", "8", "16", "32"));
      case OTSU ->
          throw new UsageException(
              "pseudo-labels.background is otsu, which has no number to choose; name a key with"
                  + " --try, for example --try pseudo-labels.background=otsu,threshold");
    };
  }

  /** From so many twentieths to 0.90. */
  private static List<String> twentieths(int from) {
    return IntStream.rangeClosed(from, 18)
        .mapToObj(i -> String.format(Locale.ROOT, "%.2f", i * 0.05))
        .toList();
  }

  private void tell(TuningResult.Tried tried) {
    if (!output.quiet()) {
      program
          .terminal()
          .line(
              String.format(
                  Locale.ROOT,
                  "round %d  %s=%s  mIoU %.2f %%",
                  tried.round(),
                  tried.key(),
                  tried.value(),
                  100 * tried.miou()));
    }
  }

  private void tell(TuningResult result, Path file) {
    program
        .terminal()
        .result(
            String.format(
                Locale.ROOT,
                "with %s: mIoU %.2f %% -> %.2f %%",
                result.truth(),
                100 * result.before(),
                100 * result.after()));
    result.chosen().forEach((key, value) -> program.terminal().result("  " + key + ": " + value));
    result.ends().forEach(program.terminal()::result);
    program.terminal().line("the configuration is in " + file);
  }
}
