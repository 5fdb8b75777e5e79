package dev.wsss.train.run;

import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.report.ScoreMapFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the maps of the first pictures of a split, so that an ablation can draw cells side by side.
 */
final class SampleMaps {
  /** Keeps nothing. */
  static final SampleMaps NONE = new SampleMaps(Path.of(""), 0);

  private final Path folder;
  private int left;

  SampleMaps(Path folder, int count) {
    this.folder = folder;
    this.left = count;
  }

  void add(Prediction prediction) {
    if (left == 0) {
      return;
    }
    left--;
    try {
      Files.createDirectories(folder);
      ScoreMapFile.write(folder.resolve(prediction.example().id() + ".png"), prediction.map());
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }
}
