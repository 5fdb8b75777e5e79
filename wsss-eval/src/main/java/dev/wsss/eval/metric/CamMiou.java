package dev.wsss.eval.metric;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Class activation maps against exact masks: scores {@code miou}, {@code precision} and {@code
 * recall} for each threshold mode.
 *
 * <p>All pixels of the split go into one confusion matrix over background and K classes; pixels of
 * {@link dev.wsss.api.data.IndexMask#IGNORE} and pictures without a mask are left out. With TP, FP
 * and FN of a class,
 *
 * <ul>
 *   <li>IoU = TP / (TP + FP + FN),
 *   <li>precision = TP / (TP + FP), 0 where the class is in the truth but never predicted,
 *   <li>recall = TP / (TP + FN), 0 where the class is predicted but never in the truth,
 * </ul>
 *
 * and each score is the mean over the classes, background included, that occur in the truth or in
 * the prediction; the others are NaN by class and left out. The three means are over the same
 * classes. As in PASCAL VOC, a foreground class that is predicted but never in the truth counts
 * with 0. Background is left out where the truth never holds it, as in masks that mark objects only
 * and leave the rest as not counted: to predict it is then no claim of its own, and what it takes
 * from a class is in that class's FN.
 *
 * <p>The sweep chooses the threshold with the largest mIoU, the lowest of equals. Mode {@code
 * share} takes the lowest threshold below which the given share of all pixels lie, those of {@link
 * dev.wsss.api.data.IndexMask#IGNORE} included: of the masks it reads only that they are there.
 * Mode {@code held-out} needs masks of pictures set apart; where there are none its scores are left
 * out with a warning, since a data set may well have masks for the reported split only. Without any
 * mask of the reported pictures there are no scores at all, with a warning; and none either where
 * no mask shows a class, since to find nothing would then be perfect.
 */
public final class CamMiou implements Metric<PixelCounts> {
  private static final Logger LOG = LoggerFactory.getLogger(CamMiou.class);

  private final CamMiouConfig config;

  @Inject
  public CamMiou(CamMiouConfig config) {
    this.config = config;
  }

  @Override
  public PixelCounts open(ClassNames classes) {
    return new PixelCounts(classes.count(), config.bins());
  }

  /**
   * Counts one picture.
   *
   * @throws IllegalArgumentException if mask and map differ in size, the mask holds an index that
   *     is no class, or a score is not within 0…1
   */
  @Override
  public void add(PixelCounts tally, Prediction prediction) {
    tally.add(prediction);
  }

  @Override
  public boolean readsMapsBesideMasksOnly() {
    return true;
  }

  @Override
  public List<Score> read(PixelCounts tally, Optional<PixelCounts> heldOut) {
    if (tally.showsNoClass()) {
      LOG.warn("No scores from cam-miou: none of the pictures {}", lack(tally));
      return List.of();
    }
    ThresholdCurve curve = new ThresholdCurve(tally);
    List<Score> scores = new ArrayList<>();
    for (ThresholdMode mode : config.modes()) {
      Optional<Integer> index =
          switch (mode) {
            case FIXED -> Optional.of(config.fixedIndex());
            case HELD_OUT -> heldOutIndex(heldOut);
            case SHARE -> Optional.of(tally.indexBelowWhich(config.backgroundShare()));
            case ORACLE -> Optional.of(curve.best());
          };
      index.ifPresent(j -> scores.addAll(scores(mode.label(), curve.at(j))));
    }
    return scores;
  }

  @Override
  public OptionalDouble threshold(PixelCounts heldOut) {
    if (heldOut.showsNoClass()) {
      return OptionalDouble.empty();
    }
    ThresholdCurve curve = new ThresholdCurve(heldOut);
    return OptionalDouble.of(curve.at(curve.best()).threshold());
  }

  @Override
  public OptionalDouble fixedThreshold() {
    return config.modes().contains(ThresholdMode.FIXED)
        ? OptionalDouble.of(config.fixedThreshold())
        : OptionalDouble.empty();
  }

  @Override
  public List<Score> curve(PixelCounts tally) {
    if (tally.showsNoClass()) {
      return List.of();
    }
    ThresholdCurve curve = new ThresholdCurve(tally);
    return IntStream.rangeClosed(1, config.bins())
        .boxed()
        .flatMap(j -> scores(Score.EVERY, curve.at(j)).stream())
        .toList();
  }

  private static Optional<Integer> heldOutIndex(Optional<PixelCounts> heldOut) {
    if (heldOut.isEmpty() || heldOut.get().showsNoClass()) {
      LOG.warn(
          "No held-out scores from cam-miou: {}; modes fixed, share and oracle need none",
          heldOut
              .map(tally -> "none of the pictures set apart " + lack(tally))
              .orElse("no pictures were set apart (scoring.held-out-share is 0)"));
      return Optional.empty();
    }
    return Optional.of(new ThresholdCurve(heldOut.get()).best());
  }

  private static String lack(PixelCounts tally) {
    return tally.isEmpty()
        ? "has a mask with a pixel that counts"
        : "has a mask that shows a class (value 255 is not counted; data.mask-values can give a"
            + " value another meaning)";
  }

  private static List<Score> scores(String mode, ThresholdCurve.Quality quality) {
    return List.of(
        score("miou", mode, quality.threshold(), quality.iou()),
        score("precision", mode, quality.threshold(), quality.precision()),
        score("recall", mode, quality.threshold(), quality.recall()));
  }

  private static Score score(String name, String mode, double threshold, double[] values) {
    return new Score(
        name,
        mode,
        threshold,
        ThresholdCurve.Quality.mean(values),
        Arrays.stream(values).boxed().toList());
  }
}
