package dev.wsss.train.run;

import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.api.listener.RunListener;
import dev.wsss.train.checkpoint.WholeFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Writes maps and masks of pictures, all cut at one threshold, beside what they score. */
final class Labelling {
  private final Scoring scoring;
  private final SegmentationDataset data;

  Labelling(Scoring scoring, SegmentationDataset data) {
    this.scoring = scoring;
    this.data = data;
  }

  /**
   * Labels pictures of a split.
   *
   * @param maps which pictures, and where to
   * @param threshold from which a pixel gets its class, where it is not to be chosen
   */
  Scoring.Scored label(String split, SplitMaps maps, OptionalDouble threshold, RunListener listener)
      throws IOException {
    Scoring.Scored scored = scoring.score(split, maps, threshold, listener);
    maps.writeMasks(scored.masks().value());
    return scored;
  }

  /** Labels all pictures of a split into a new folder, which is there whole or not at all. */
  Scoring.Scored labelAll(String split, Path out, OptionalDouble threshold, RunListener listener)
      throws IOException {
    return new WholeFolder(out)
        .replace(to -> label(split, SplitMaps.all(split, data, to), threshold, listener));
  }

  /** The same with masks of refined maps; the score of background is the threshold. */
  Scoring.Scored labelAll(
      String split, Path out, OptionalDouble threshold, RefinedMasks refined, RunListener listener)
      throws IOException {
    return new WholeFolder(out)
        .replace(
            to -> {
              SplitMaps maps = SplitMaps.all(split, data, to);
              Scoring.Scored scored = label(split, maps, threshold, listener);
              refined.replace(split, to.resolve("masks"), scored.masks().value(), listener);
              return scored;
            });
  }
}
