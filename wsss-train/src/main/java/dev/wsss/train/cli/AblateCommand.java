package dev.wsss.train.cli;

import dev.wsss.train.ablation.Ablation;
import dev.wsss.train.ablation.AblationPlan;
import dev.wsss.train.ablation.AblationResult;
import dev.wsss.train.ablation.Changed;
import dev.wsss.train.ablation.PlannedRun;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.config.binding.ConfigTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

  AblateCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
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
    Path out = output.out();
    AblationResult result =
        new Ablation(plan.askedForBy(program.arguments()), out)
            .run(
                rerunChanged ? Changed.RERUN : Changed.REFUSE,
                new AblationProgress(program, output, out));
    result.table().ifPresent(program.terminal()::result);
    return tellFailures(result, out);
  }

  private int tellFailures(AblationResult result, Path out) {
    result
        .failures()
        .forEach(
            (run, failure) ->
                program
                    .terminal()
                    .line("error: cell " + run.title() + ": " + failure.getMessage()));
    if (!output.quiet()) {
      program.terminal().line("all is in " + out);
    }
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
