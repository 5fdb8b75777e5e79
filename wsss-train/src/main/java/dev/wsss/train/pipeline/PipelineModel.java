package dev.wsss.train.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the network in a pipeline's folder. */
public final class PipelineModel {
  private PipelineModel() {}

  /**
   * The folder of the segmentation network that a pipeline trained last; the folder itself where it
   * is no pipeline's.
   *
   * @throws PipelineException if it is a pipeline's, and no such network is finished
   */
  public static Path in(Path folder) {
    if (!Files.isDirectory(folder.resolve("stages"))) {
      return folder;
    }
    try {
      return new StageFolders(folder)
          .latestFinished(SegmentStage.NAME)
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
}
