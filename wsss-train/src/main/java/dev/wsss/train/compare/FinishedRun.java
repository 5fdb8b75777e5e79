package dev.wsss.train.compare;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.eval.report.StageMasks;
import dev.wsss.train.pipeline.FinishedPipeline;
import dev.wsss.train.pipeline.PipelineException;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the folder of a finished run says, which trains once or is a pipeline.
 *
 * @param kind which of both
 * @param pictures counts of each scored picture, of a single run under {@link #ALONE}; of stages
 *     and splits without masks to compare with there are none
 */
record FinishedRun(
    Path folder,
    Kind kind,
    RunIdentity identity,
    ClassNames classes,
    RunResult result,
    Map<StageMasks, List<PictureCounts>> pictures) {
  /** The masks of a run that makes one set of them. */
  static final StageMasks ALONE = new StageMasks("", "");

  private static final String SEED = "training.seed";

  /** A pipeline's first training has the same one. */
  private static final Set<String> SEEDS = Set.of(SEED, "first." + SEED);

  /** What a run is. */
  enum Kind {
    RUN,
    PIPELINE
  }

  /** Whether there is a run to read, finished or not. */
  static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("provenance.json")) || isPipeline(folder);
  }

  private static boolean isPipeline(Path folder) {
    try {
      return FinishedPipeline.isIn(folder);
    } catch (IOException | PipelineException e) {
      throw new RunFolderException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads a run.
   *
   * @throws RunFolderException if it is not finished, or a file is damaged
   */
  static FinishedRun read(Path folder) {
    return isPipeline(folder) ? pipeline(folder) : single(folder);
  }

  private static FinishedRun pipeline(Path folder) {
    try {
      FinishedPipeline read = FinishedPipeline.read(folder);
      return new FinishedRun(
          folder, Kind.PIPELINE, read.identity(), read.classes(), read.result(), read.pictures());
    } catch (IOException | PipelineException e) {
      throw new RunFolderException(String.valueOf(e.getMessage()), e);
    }
  }

  private static FinishedRun single(Path folder) {
    RunFolder run = new RunFolder(folder);
    RunResult result =
        Run.finished(folder)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        folder + " is not finished: it has no scores.json; go on with --resume"));
    ClassNames classes = run.classes().orElseThrow();
    return new FinishedRun(
        folder,
        Kind.RUN,
        run.identity().orElseThrow(),
        classes,
        result,
        Map.of(ALONE, pictures(folder, classes)));
  }

  private static List<PictureCounts> pictures(Path folder, ClassNames classes) {
    Path file = folder.resolve("pictures.csv");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return PicturesCsv.read(file, classes);
    } catch (IOException e) {
      throw new RunFolderException(String.valueOf(e.getMessage()), e);
    }
  }

  long seed() {
    return Long.parseLong(identity.training().values().getOrDefault(SEED, "0"));
  }

  /** What it was trained with, but for the seed. */
  RunIdentity withoutSeed() {
    var values = new TreeMap<>(identity.training().values());
    values.keySet().removeAll(SEEDS);
    return new RunIdentity(
        new RunIdentity.Part(values, identity.training().files(), identity.training().code()),
        identity.scoring(),
        identity.data());
  }
}
