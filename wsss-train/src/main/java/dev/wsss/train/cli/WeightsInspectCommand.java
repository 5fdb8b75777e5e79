package dev.wsss.train.cli;

import ai.djl.ndarray.types.Shape;
import dev.wsss.api.weights.WeightsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wsss weights inspect}: what is in a file. */
@Command(
    name = "inspect",
    description = {
      "Print the format of a file of weights, and the names, types and shapes of its tensors.",
      "No value is read, and no code in the file is run."
    })
final class WeightsInspectCommand implements Callable<Integer> {
  private static final int WIDEST_TYPE = 4;

  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description =
          "safetensors or its index in JSON, PyTorch's .pth, MXNet's .params, numpy's .npz.")
  private Path file = Path.of("");

  WeightsInspectCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    WeightsFile weights = WeightsFile.open(file);
    Map<String, Shape> shapes = weights.shapes();
    Map<String, Long> types =
        shapes.keySet().stream()
            .collect(Collectors.groupingBy(weights::type, TreeMap::new, Collectors.counting()));
    StringBuilder text = new StringBuilder();
    text.append("format   ").append(weights.format());
    text.append("\ntensors  ").append(shapes.size());
    types.forEach((type, count) -> text.append(", ").append(type).append(' ').append(count));
    text.append("\nvalues   ").append(shapes.values().stream().mapToLong(Shape::size).sum());
    text.append("\nbytes    ").append(shapes.keySet().stream().mapToLong(weights::bytes).sum());
    int width = shapes.keySet().stream().mapToInt(String::length).max().orElse(0);
    shapes.forEach(
        (name, shape) -> {
          text.append('\n').append(padded(weights.type(name), WIDEST_TYPE)).append("  ");
          text.append(padded(name, width)).append("  ").append(text(shape));
        });
    program.terminal().result(text.toString());
    return ExitCode.OK.code();
  }

  private static String padded(String text, int width) {
    // A name from a file must not reach the terminal as a command.
    return text.replaceAll("\\p{Cntrl}", "?") + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String text(Shape shape) {
    return shape.dimension() == 0
        ? "scalar"
        : Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }
}
