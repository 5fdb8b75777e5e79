package dev.wsss.train.cli;

import dev.wsss.train.pipeline.PipelineModel;
import dev.wsss.train.run.ExportForm;
import dev.wsss.train.run.Run;
import dev.wsss.train.segmentation.SegmentationFile;
import dev.wsss.train.segmentation.TrainedSegmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss export}: a run's network as one file that stands alone. */
@Command(
    name = "export",
    description = {"Write a trained network as one ONNX file that stands alone."})
final class ExportCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "RUNDIR",
      description = "Folder of a finished run, of a pipeline or of a segmentation network.")
  private Path folder = Path.of("");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write, for example model.onnx; a new file.")
  private Path out = Path.of("");

  @ArgGroup(exclusive = true)
  private Form form = new Form();

  @Option(
      names = "--weights-licence",
      paramLabel = "TEXT",
      description =
          "Licence of the pretrained weights that training started from, which the file names;"
              + " default: unknown.")
  private String licence = "unknown";

  /** Which of the forms; raw maps where none is named. */
  private static final class Form {
    @Option(
        names = "--masks",
        description =
            "Let the graph go all the way to a class index a pixel, so that other languages need"
                + " nothing of ours; wsss predict reads the form without it.")
    private boolean masks;

    @Option(names = "--features", description = "Let the graph give the network's features too.")
    private boolean features;

    ExportForm chosen() {
      if (masks) {
        return ExportForm.MASKS;
      }
      return features ? ExportForm.FEATURES : ExportForm.MAPS;
    }
  }

  ExportCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new UsageException(out + " exists; -o takes a new file, so that nothing is lost");
    }
    folder = PipelineModel.in(folder);
    if (SegmentationFile.isIn(folder)) {
      return segmentation();
    }
    try (Run run = Run.trained(folder, program.configurations(), List.of())) {
      run.export(out, form.chosen(), licence);
    }
    program.terminal().line("the model is in " + out);
    return ExitCode.OK.code();
  }

  private Integer segmentation() throws IOException {
    if (form.chosen() != ExportForm.MAPS) {
      throw new UsageException(
          folder
              + " is of a segmentation network, which is exported in one form: it gives scores of"
              + " background and classes; leave out --masks and --features");
    }
    try (TrainedSegmentation trained =
        TrainedSegmentation.open(folder, program.configurations(), List.of())) {
      trained.export(out, licence);
    }
    program.terminal().line("the model is in " + out);
    return ExitCode.OK.code();
  }
}
