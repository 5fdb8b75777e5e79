package dev.wsss.train.cli;

import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationListener;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationResult;
import dev.wsss.train.ablation.Changed;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.ablation.Shard;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss ablate}: all cells of an ablation, with every seed. */
@Command(
    name = "ablate",
    description = {
      "Run every combination of an ablation's axes with every seed, and compare them.",
      "Started again on the same --out, it keeps what is finished and goes on with the rest.",
      "Where only metrics, scoring or cams have changed, networks are kept and scored anew."
    })
final class AblateCommand implements Callable<Integer> {
  private final Program program;

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "SEED",
      description = "Use these seeds in place of the file's, for example --seeds 1,2,3.")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--rerun-changed",
      description =
          "Run again what would train otherwise than it did (another level, data or code); its old"
              + " folder moves to replaced/. Without it, such cells are named and nothing starts.")
  private boolean rerunChanged;

  @Option(
      names = "--shard",
      paramLabel = "i/n",
      description =
          "Run the i-th of n shares, beside the others, in a folder that all machines see; when"
              + " all are done, the same command without --shard prints the table.")
  private @Nullable String shard;

  AblateCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    Optional<Shard> share = share();
    ConfigLoader loader = program.configurations();
    List<String> overrides = new ArrayList<>(configuration.overrides());
    if (!seeds.isEmpty()) {
      overrides.add("seeds=" + seeds);
    }
    ConfigTree file = loader.load(configuration.config(), overrides);
    if (!AblationPlan.isAblation(file)) {
      throw new UsageException(
          configuration.config() + " is a single run, without axes; run it with 'wsss train'");
    }
    AblationPlan plan = AblationPlan.of(loader, file);
    if (configuration.printConfig()) {
      print(plan);
      return ExitCode.OK.code();
    }
    if (!output.quiet()) {
      plan.runs().stream()
          .map(run -> DerivedLines.of(run.run().derived()))
          .filter(lines -> !lines.isEmpty())
          .findFirst()
          .ifPresent(lines -> lines.forEach(program.terminal()::line));
    }
    Path out = output.out();
    Ablation ablation = new Ablation(plan.askedForBy(program.arguments()), out);
    Changed changed = rerunChanged ? Changed.RERUN : Changed.REFUSE;
    AblationListener listener = new AblationProgress(program, output, out);
    AblationResult result =
        share.isPresent()
            ? ablation.run(share.get(), changed, listener)
            : ablation.run(changed, listener);
    result.table().ifPresent(program.terminal()::result);
    int code = tellFailures(result);
    if (!output.quiet()) {
      program.terminal().line(share.map(s -> end(s, result)).orElse("all is in ") + out);
    }
    return code;
  }

  private Optional<Shard> share() {
    if (shard == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Shard.parse(shard));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--shard " + shard + ": " + e.getMessage());
    }
  }

  private static String end(Shard shard, AblationResult result) {
    int finished = result.outcomes().size();
    int of = finished + result.failures().size();
    return "share "
        + shard
        + ": "
        + (of == 0 ? "no run falls to it" : finished + " of its " + of + " runs have a result")
        + "; when all shares are done, the same command without --shard prints the table; all is in ";
  }

  private int tellFailures(AblationResult result) {
    result
        .failures()
        .forEach(
            (run, failure) ->
                program
                    .terminal()
                    .line("error: cell " + run.title() + ": " + failure.getMessage()));
    return (result.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private void print(AblationPlan plan) {
    long first = plan.runs().get(0).seed();
    for (PlannedRun run : plan.runs()) {
      if (run.seed() == first) {
        program
            .terminal()
            .result("--- # cell " + run.title() + "\n" + run.run().describe().stripTrailing());
      }
    }
  }
}
