package dev.wsss.train.cli;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.metric.MaskScores;
import dev.wsss.eval.report.IoReason;
import dev.wsss.eval.report.WholeFile;
import dev.wsss.train.config.ScoredData;
import dev.wsss.train.config.binding.ConfigLoader;
import dev.wsss.train.provenance.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss score}: any masks against the exact ones of a data set. */
@Command(
    name = "score",
    description = {
      "Score a folder of masks, whatever made them, against the exact masks of a data set.",
      "Prints mIoU, IoU and boundary F by class, which classes are confused, and what masks score"
          + " that need no network."
    })
final class ScoreCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG|RUNDIR",
      description =
          "Whose data set: a YAML file, the name of a built-in configuration, or a run's folder.")
  private String config = "";

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of the masks, as wsss eval and wsss predict write them: a PNG a picture with a"
              + " class index a pixel; 255 where nobody could tell.")
  private Path masks = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to score; default: scoring.split of the configuration.")
  private @Nullable String split;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write all numbers to FILE too, with all their digits.")
  private @Nullable Path csv;

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description = "Override a value, for example -o data.root=/path/to/VOC2012. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  ScoreCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    ConfigLoader loader = program.configurations();
    Path ofRun = new RunFolder(Path.of(config)).configuration();
    String file = Files.isRegularFile(ofRun) ? ofRun.toString() : config;
    ScoredData configured = ScoredData.bind(loader, loader.load(file, overrides));
    SegmentationDataset data = configured.open();
    String scored = Optional.ofNullable(split).orElse(configured.scoring().split());
    MaskScores scores = MaskScores.of(data, data.examples(scored), masks);
    program.terminal().result(new MaskScoreTable(scores, data.classes()).text(masks, scored));
    Path to = csv;
    if (to != null) {
      try {
        WholeFile.write(
            to, out -> Files.writeString(out, new MaskScoreTable(scores, data.classes()).csv()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + to + ": " + IoReason.of(e), e);
      }
    }
    return ExitCode.OK.code();
  }
}
