package dev.wsss.train.cli;

import dev.wsss.eval.report.ComparisonTable;
import dev.wsss.train.compare.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code wsss compare}: finished runs side by side. */
@Command(
    name = "compare",
    description = {
      "Compare finished runs with the first one, paired by seed and by picture.",
      "Runs that were not measured alike are refused: data, split, thresholds, maps, metrics."
    })
final class CompareCommand implements Callable<Integer> {

  /** How a comparison is printed. */
  enum Format {
    /** Aligned columns. */
    TERMINAL,
    MARKDOWN,
    CSV,
    LATEX
  }

  private final Program program;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "Folder of a run or a pipeline, or one that holds those of several seeds, for example"
              + " runs/quickstart/cells/full.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description = "terminal, markdown, csv or latex; default: terminal.")
  private Format format = Format.TERMINAL;

  CompareCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    ComparisonTable table = Comparison.of(folders);
    String text =
        switch (format) {
          case TERMINAL -> table.terminal();
          case MARKDOWN -> table.markdown();
          case CSV -> table.csv();
          case LATEX -> table.latex();
        };
    program.terminal().result(text.stripTrailing());
    return ExitCode.OK.code();
  }

  /** Takes a name in small letters. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String name) {
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
          return format;
        }
      }
      throw new TypeConversionException(
          "there is no format '" + name + "'; allowed are terminal, markdown, csv, latex");
    }
  }
}
