package dev.wsss.train.config;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.SegmentationDataset;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.cam.LearnedPictures;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The training split: which of its pictures are learned, and which are set apart. Each list is in
 * the split's order.
 *
 * @param learned all but those left out
 * @param leftOut neither labels nor masks of these are learned
 * @param heldOut the masks of these choose thresholds; those left out are among them
 */
public record TrainingPictures(
    List<Example> learned, List<Example> leftOut, List<Example> heldOut) {

  /**
   * Divides the split that is learned from.
   *
   * @throws dev.wsss.api.data.DataException if the data set has no such split
   */
  public static TrainingPictures of(RunConfig config, SegmentationDataset data) {
    LearnedPictures pictures = config.training().learned();
    return new TrainingPictures(
        pictures.of(data),
        pictures.leftOut(data),
        pictures.heldOut(data, config.scoring().heldOutShare()));
  }

  /** So many pictures, over and over where they are fewer: a trial's training takes them. */
  public static List<Example> repeated(List<Example> pictures, int count) {
    return IntStream.range(0, pictures.isEmpty() ? 0 : count)
        .mapToObj(i -> pictures.get(i % pictures.size()))
        .toList();
  }

  /** Pictures that say from which probability on a class counts as present. */
  public List<Example> labelsChosenOn() {
    return leftOut.isEmpty() ? heldOut : leftOut;
  }

  /** How thresholds chosen on {@link #labelsChosenOn} were chosen. */
  public String labelMode() {
    return leftOut.isEmpty() ? LabelThresholds.HELD_OUT : LabelThresholds.LEFT_OUT;
  }
}
