package dev.wsss.train.cli;

import dev.wsss.train.bench.StepBench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss bench step}. */
@Command(
    name = "step",
    description = "Time whole training steps on noise: medians, peak memory, where the time goes.")
final class BenchStepCommand implements Callable<Integer> {
  static final String NONE = "none";

  private final Program program;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--modules",
      split = ",",
      paramLabel = "NAME",
      description = "Self-supervision, or none for classification alone; default: rcm,mam.")
  private List<String> modules = List.of("rcm", "mam");

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images a step; default: ${DEFAULT-VALUE}.")
  private int batch = 8;

  @Option(
      names = "--crop",
      paramLabel = "PIXELS",
      description = "Side of an image; default: ${DEFAULT-VALUE}.")
  private int crop = 192;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps that count, after two that do not; default: ${DEFAULT-VALUE}.")
  private int steps = 10;

  BenchStepCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    List<String> slots = modules.equals(List.of(NONE)) ? List.of() : modules;
    StepBench.Options what =
        new StepBench.Options(
            options.backbone(),
            slots,
            BenchOptions.atLeast(1, "--batch", batch),
            BenchOptions.atLeast(32, "--crop", crop),
            BenchOptions.atLeast(1, "--steps", steps),
            options.overrides());
    options.setThreads();
    StepBench.Times times = StepBench.run(program.configurations(), what);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("backbone", options.backbone());
    values.put("modules", slots.isEmpty() ? NONE : String.join(",", slots));
    values.put("batch", batch);
    values.put("crop", crop);
    values.put("device", times.device());
    values.put("threads", options.threads());
    values.put("steps", steps);
    values.put("median_step_seconds", BenchOptions.rounded(times.step()));
    values.put("min_step_seconds", BenchOptions.rounded(times.fastest()));
    values.put("teacher_seconds", BenchOptions.rounded(times.parts().teacher()));
    values.put("student_seconds", BenchOptions.rounded(times.parts().student()));
    values.put("update_seconds", BenchOptions.rounded(times.parts().update()));
    values.put("losses_alone_seconds", BenchOptions.rounded(times.losses()));
    values.put("losses_share", BenchOptions.rounded(times.losses() / times.step()));
    values.put("peak_memory_mb", times.peakMemoryMb());
    program.terminal().result(options.describe(values));
    return ExitCode.OK.code();
  }
}
