package dev.wsss.train.run;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Prediction;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.report.PicturesCsv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the masks of the reported pictures are like: counts of each that has a truth, and small
 * masks of the few that {@link PicturePicks} chooses to be looked at. Holds a few hundred bytes a
 * picture.
 */
final class ScoredPictures {
  private final List<PictureCounts> counts = new ArrayList<>();
  private final ClassNames classes;
  private final PicturePicks picks;
  private int pictures;

  ScoredPictures(ClassNames classes) {
    this.classes = classes;
    this.picks = new PicturePicks(classes.count());
  }

  void add(Prediction prediction, double threshold) {
    Optional<PictureCounts> own = PictureCounts.of(prediction, threshold);
    own.ifPresent(counts::add);
    picks.add(prediction, threshold, own.map(PictureCounts::iou).orElse(Double.NaN));
  }

  /** Counts a picture that went through the network, reported or set apart. */
  void count() {
    pictures++;
  }

  /** How many went through the network. */
  int total() {
    return pictures;
  }

  /** Of those with a truth, in their order. */
  List<PictureCounts> counts() {
    return List.copyOf(counts);
  }

  /** Those to look at. */
  List<PicturePicks.Pick> shown() {
    return picks.chosen();
  }

  /** Writes {@code pictures.csv}, if any picture has a truth. */
  void write(Path runFolder) throws IOException {
    if (!counts.isEmpty()) {
      PicturesCsv.write(runFolder.resolve("pictures.csv"), classes, counts);
    }
  }
}
