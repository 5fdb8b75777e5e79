package dev.wsss.train.cli;

import dev.wsss.train.bench.CamBench;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wsss bench cams}. */
@Command(
    name = "cams",
    description = "Time CAM inference on noise, picture by picture, at four scales with flips.")
final class BenchCamsCommand implements Callable<Integer> {
  private final Program program;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Pictures that count, after two that do not; default: ${DEFAULT-VALUE}.")
  private int pictures = 10;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "Width of a picture; default: ${DEFAULT-VALUE}.")
  private int width = 500;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      description = "Height of a picture; default: ${DEFAULT-VALUE}.")
  private int height = 375;

  BenchCamsCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    CamBench.Options what =
        new CamBench.Options(
            options.backbone(),
            BenchOptions.atLeast(1, "--pictures", pictures),
            BenchOptions.atLeast(32, "--width", width),
            BenchOptions.atLeast(32, "--height", height),
            options.overrides());
    options.setThreads();
    CamBench.Times times = CamBench.run(program.configurations(), what);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("backbone", options.backbone());
    values.put("width", width);
    values.put("height", height);
    values.put("device", times.device());
    values.put("threads", options.threads());
    values.put("pictures", pictures);
    values.put("median_picture_seconds", BenchOptions.rounded(times.picture()));
    values.put("pictures_per_second", BenchOptions.rounded(1 / times.picture()));
    values.put("peak_memory_mb", times.peakMemoryMb());
    values.put("parameters", times.parameters());
    times
        .exportBytes()
        .ifPresent(bytes -> values.put("export_mb", BenchOptions.rounded(bytes * 1e-6)));
    program.terminal().result(options.describe(values));
    return ExitCode.OK.code();
  }
}
