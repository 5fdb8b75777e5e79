package dev.wsss.train.cli;

import dev.wsss.api.weights.SafetensorsWriter;
import dev.wsss.api.weights.WeightsFile;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss weights convert}: one safetensors file of any weights. */
@Command(
    name = "convert",
    description = {
      "Write weights of any format as one safetensors file.",
      "Names, types and values stay; the file is written whole or not at all."
    })
final class WeightsConvertCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "safetensors or its index in JSON, PyTorch's .pth, MXNet's .params, numpy's .npz.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write, for example resnet18.safetensors; a new file.")
  private Path out = Path.of("");

  WeightsConvertCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw new UsageException(out + " exists; -o takes a new file, so that nothing is lost");
    }
    WeightsFile weights = WeightsFile.open(file);
    try {
      WholeFile.write(out, target -> SafetensorsWriter.write(weights, target));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + out + ": " + IoReason.of(e), e);
    }
    program.terminal().line("%d tensors are in %s".formatted(weights.shapes().size(), out));
    return ExitCode.OK.code();
  }
}
