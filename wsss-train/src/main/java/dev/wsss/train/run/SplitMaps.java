package dev.wsss.train.run;

import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.image.MaskFile;
import dev.wsss.eval.report.ScoreMapFile;
import dev.wsss.eval.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a split's pictures look like to a network: {@code cams/ID.png}, the winning class and score
 * of every pixel ({@link ScoreMapFile}), and {@code masks/ID.png}, the class index of every pixel
 * at a threshold ({@link MaskFile}).
 */
final class SplitMaps {
  private static final Logger LOG = LoggerFactory.getLogger(SplitMaps.class);

  /** Keeps nothing. */
  static final SplitMaps NONE = new SplitMaps(Path.of(""), 0, 0);

  private final Path folder;
  private final double otherwise;
  private final int most;
  private final List<String> kept = new ArrayList<>();

  /**
   * @param folder where {@code cams/} and {@code masks/} come
   * @param most how many pictures are kept, the first ones
   * @param otherwise threshold of the masks where none was chosen on held-out pictures
   */
  SplitMaps(Path folder, int most, double otherwise) {
    this.folder = folder;
    this.most = most;
    this.otherwise = otherwise;
  }

  /** Writes the map of a picture, unless enough are kept. */
  void add(Prediction prediction) {
    if (kept.size() == most) {
      return;
    }
    String id = prediction.example().id();
    try {
      ScoreMapFile.write(file("cams", id), prediction.map());
    } catch (IOException e) {
      throw new TrainingException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
    kept.add(id);
  }

  /** Writes the masks of the maps that were kept. */
  void writeMasks(RunResult scored) throws IOException {
    if (kept.isEmpty()) {
      return;
    }
    double threshold = scored.heldOutThreshold().orElse(otherwise);
    LOG.info(
        "masks/ holds the classes of pixels that score {} or more ({})",
        threshold,
        scored.heldOutThreshold().isPresent()
            ? "held-out"
            : "scoring.mask-threshold: no masks to choose on");
    for (String id : kept) {
      // Read back: a map in memory for every picture of a split would be gigabytes.
      IndexMask mask = ScoreMapFile.read(file("cams", id)).mask(threshold);
      Path file = file("masks", id);
      Files.createDirectories(file.getParent());
      WholeFile.write(file, target -> new MaskFile(target).write(mask));
    }
  }

  private Path file(String kind, String id) {
    return folder.resolve(kind).resolve(id + ".png");
  }
}
