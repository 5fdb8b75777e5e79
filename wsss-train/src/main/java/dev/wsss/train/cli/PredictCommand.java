package dev.wsss.train.cli;

import dev.wsss.eval.onnx.ModelKind;
import dev.wsss.eval.predict.LargePictures;
import dev.wsss.eval.predict.ModelInfo;
import dev.wsss.eval.predict.PredictionJob;
import dev.wsss.eval.predict.PredictionReport;
import dev.wsss.eval.predict.PredictionSettings;
import dev.wsss.eval.predict.SourcePicture;
import dev.wsss.eval.predict.SourcePictures;
import dev.wsss.eval.refine.Refinement;
import dev.wsss.train.config.RefinementConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsss predict}: masks of any photographs. */
@Command(
    name = "predict",
    description = {
      "Write masks of photographs with a trained model, with or without their labels.",
      "The same command again goes on where a killed one stopped. Pictures that cannot be read are"
          + " listed in DIR/failed.csv, and the exit code is 4."
    })
final class PredictCommand implements Callable<Integer> {
  private final Program program;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Folder of a finished run or of a trained segmentation network, or a file that wsss"
              + " export wrote without --masks.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURES",
      description =
          "Pictures, folders that are searched for them, or lists: .txt files with a path a line.")
  private List<Path> pictures = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to write masks/, overlays/, labels.csv and classes.txt.")
  private Path out = Path.of("");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "A table with the columns image and labels; default: the classes whose probability"
              + " passes the model's thresholds.")
  private @Nullable Path labels;

  @Option(
      names = "--tiles",
      description =
          "Look at large pictures part by part at their own resolution; default: scaled down to the"
              + " size of the pictures that thresholds were chosen on.")
  private boolean tiles;

  @Option(
      names = "--refine",
      paramLabel = "NAME",
      split = ",",
      description =
          "Refine the maps of each picture before its mask is made, with one refiner or several in"
              + " this order, for example dense-crf; wsss modules lists them. Not with --tiles.")
  private List<String> refiners = new ArrayList<>();

  @Option(
      names = {"-o", "--override"},
      paramLabel = "KEY=VALUE",
      description =
          "Set a key of a refiner, for example -o refine.dense-crf.preset=irn-label. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--doubt",
      paramLabel = "MARGIN",
      description =
          "Write 255 where the score is less than MARGIN from the threshold, or another class less"
              + " than MARGIN below the best; 0 to 1, default: nowhere.")
  private double doubt;

  @Option(names = "--scores", description = "Write score maps to DIR/scores too.")
  private boolean scores;

  @Option(names = "--coco", description = "Write DIR/coco-rle.json and DIR/coco-polygons.json too.")
  private boolean coco;

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  PredictCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (!(doubt >= 0 && doubt <= 1)) {
      throw new UsageException("--doubt is " + doubt + "; allowed are 0 to 1");
    }
    Optional<Refinement> refinement = refinement();
    List<SourcePicture> found = SourcePictures.of(pictures);
    PredictionSettings settings =
        new PredictionSettings(
            Optional.ofNullable(labels),
            tiles ? LargePictures.TILED : LargePictures.SCALED,
            refinement,
            doubt,
            scores,
            coco);
    try (PredictModel opened = PredictModel.open(model, device.choice(), program::configurations)) {
      boolean segments = opened.predictor().kind() == ModelKind.SEGMENTATION;
      if (segments && tiles) {
        throw new UsageException(
            model + " is a segmentation network, which looks at pictures whole; leave out --tiles");
      }
      if (!quiet) {
        program.terminal().line(opened.device().line());
        if (segments) {
          program.terminal().line(segmentation());
        } else {
          describe(opened.predictor().info());
        }
      }
      PredictionReport report =
          new PredictionJob(opened.predictor(), opened.id(), settings)
              .run(found, out, new PredictProgress(program.terminal(), quiet));
      program
          .terminal()
          .line(
              "masks of %s are in %s"
                  .formatted(Counted.of(report.labelled(), "picture"), out.resolve("masks")));
      if (report.failed() > 0) {
        program
            .terminal()
            .line(
                "%s left out; see %s"
                    .formatted(Counted.of(report.failed(), "picture"), out.resolve("failed.csv")));
        return ExitCode.FAILED.code();
      }
    }
    return ExitCode.OK.code();
  }

  private Optional<Refinement> refinement() {
    if (refiners.isEmpty()) {
      if (!overrides.isEmpty()) {
        throw new UsageException(
            "-o " + overrides.get(0) + " needs --refine, whose refiners have such keys");
      }
      return Optional.empty();
    }
    if (tiles) {
      throw new UsageException(
          "--refine works on pictures that are looked at whole; leave out --tiles, or --refine");
    }
    return Optional.of(RefinementConfig.of(program.configurations(), refiners, overrides));
  }

  private String segmentation() {
    return "each pixel gets the class, or background, that is most probable"
        + (labels == null ? "" : " of those that the picture is labelled with")
        + refinedBy();
  }

  private String refinedBy() {
    return refiners.isEmpty() ? "" : "; then masks are refined by " + String.join(", ", refiners);
  }

  private void describe(ModelInfo info) {
    program
        .terminal()
        .line(
            "a pixel gets its class at a score of %s (%s) or more"
                    .formatted(number(info.maskThreshold()), info.maskThresholdMode())
                + refinedBy());
    if (labels == null) {
      StringBuilder line = new StringBuilder("a class is in a picture at a probability of");
      for (int k = 0; k < info.classes().count(); k++) {
        line.append(k == 0 ? " " : ", ")
            .append(info.classes().foreground().get(k))
            .append(' ')
            .append(number(info.labels().byClass().get(k)));
      }
      program.terminal().line(line + " (" + info.labels().mode() + ")");
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
