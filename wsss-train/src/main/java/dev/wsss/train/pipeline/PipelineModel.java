package dev.wsss.train.pipeline;

import dev.wsss.train.provenance.CellFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the network in a pipeline's folder. */
public final class PipelineModel {
  private PipelineModel() {}

  /**
   * The folder of the segmentation network of a pipeline, or of a cell of an ablation over
   * pipelines; the folder itself where it is neither's.
   *
   * @throws PipelineException if it is a pipeline's, and no such network is finished, or an
   *     ablation's
   */
  public static Path in(Path folder) {
    if (CellFolder.isAblation(folder)) {
      throw new PipelineException(folder + " is no run's folder" + CellFolder.suggestion(folder));
    }
    try {
      Map<String, Path> known = StageIndex.read(folder);
      if (known.isEmpty() && !Files.isDirectory(folder.resolve("stages"))) {
        return folder;
      }
      return Optional.ofNullable(known.get(SegmentStage.NAME))
          .filter(Files::isDirectory)
          .or(() -> latest(folder))
          .orElseThrow(
              () ->
                  new PipelineException(
                      folder
                          + " is a pipeline's folder in which no segmentation network is finished;"
                          + " wsss run trains one where the configuration has the block segmentation"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Where the pipeline has not come to its end since it finished the network. */
  private static Optional<Path> latest(Path folder) {
    try {
      return new StageFolders(folder, StageFolders.Again.BY_FROM).latestFinished(SegmentStage.NAME);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
