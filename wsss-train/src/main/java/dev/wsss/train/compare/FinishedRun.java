package dev.wsss.train.compare;

import dev.wsss.api.data.ClassNames;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.PicturesCsv;
import dev.wsss.train.provenance.RunFolder;
import dev.wsss.train.provenance.RunFolderException;
import dev.wsss.train.provenance.RunIdentity;
import dev.wsss.train.run.Run;
import dev.wsss.train.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What the folder of a finished run says.
 *
 * @param pictures counts of each scored picture; empty without masks
 */
record FinishedRun(
    Path folder,
    RunIdentity identity,
    ClassNames classes,
    RunResult result,
    List<PictureCounts> pictures) {
  private static final String SEED = "training.seed";

  /** Whether there is a run to read, finished or not. */
  static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("provenance.json"));
  }

  /**
   * Reads a run.
   *
   * @throws RunFolderException if it is not finished, or a file is damaged
   */
  static FinishedRun read(Path folder) {
    RunFolder run = new RunFolder(folder);
    RunResult result =
        Run.finished(folder)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        folder + " is not finished: it has no scores.json; go on with --resume"));
    ClassNames classes = run.classes().orElseThrow();
    return new FinishedRun(
        folder, run.identity().orElseThrow(), classes, result, pictures(folder, classes));
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
    values.remove(SEED);
    return new RunIdentity(
        new RunIdentity.Part(values, identity.training().files(), identity.training().code()),
        identity.scoring(),
        identity.data());
  }
}
