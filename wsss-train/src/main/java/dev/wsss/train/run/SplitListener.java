package dev.wsss.train.run;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.DataException;
import dev.wsss.api.data.Example;
import dev.wsss.api.listener.RunListener;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.augment.OnBadImage;
import dev.wsss.eval.cam.LabelTally;
import dev.wsss.eval.cam.PredictionListener;
import dev.wsss.train.loop.TrainingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps maps of the split's pictures, what they count and curves, and counts all pictures for the
 * progress line.
 */
final class SplitListener implements PredictionListener {
  private final RunListener listener;
  private final SplitMaps maps;
  private final int total;
  private final OnBadImage onBadImage;
  private final Function<OptionalDouble, MaskThreshold> choice;
  private final ScoredPictures pictures;
  private final Map<String, List<Score>> curves = new LinkedHashMap<>();
  private final List<Integer> sides = new ArrayList<>();
  private final LabelTally labels = new LabelTally();
  private final EmptyMaps emptyMaps = new EmptyMaps();
  private final Set<String> labelsChosenOn;
  private OptionalDouble heldOutThreshold = OptionalDouble.empty();
  private int done;
  private @Nullable MaskThreshold masks;

  /**
   * @param labelsChosenOn pictures that say which probability makes a label
   * @param choice of the masks' threshold, from that which pictures set apart chose
   * @param pictures that hears what masks at this threshold are like
   */
  SplitListener(
      RunListener listener,
      SplitMaps maps,
      int total,
      OnBadImage onBadImage,
      List<Example> labelsChosenOn,
      Function<OptionalDouble, MaskThreshold> choice,
      ScoredPictures pictures) {
    this.listener = listener;
    this.maps = maps;
    this.total = total;
    this.onBadImage = onBadImage;
    this.labelsChosenOn = labelsChosenOn.stream().map(Example::id).collect(Collectors.toSet());
    this.choice = choice;
    this.pictures = pictures;
  }

  /** The numbers at every threshold, by metric. */
  Map<String, List<Score>> curves() {
    return Collections.unmodifiableMap(curves);
  }

  /** Median of the longer side of the pictures, in pixels; 0 if there was none. */
  int pictureSide() {
    return sides.stream().sorted().skip(sides.size() / 2).findFirst().orElse(0);
  }

  /** What was said of the classes of those pictures. */
  LabelTally labels() {
    return labels;
  }

  /** The masks' threshold; known once the pictures set apart are through. */
  MaskThreshold masks() {
    MaskThreshold known = masks;
    if (known == null) {
      known = choice.apply(heldOutThreshold);
      masks = known;
    }
    return known;
  }

  /** Of the split's pictures and those set apart. */
  EmptyMaps emptyMaps() {
    return emptyMaps;
  }

  @Override
  public void predicted(Prediction prediction) {
    maps.add(prediction);
    pictures.add(prediction, masks().value());
    counted(prediction);
  }

  @Override
  public void skipped(Example example, BadImageException cause) {
    if (onBadImage == OnBadImage.FAIL) {
      throw new DataException(
          cause.getMessage() + " (on-bad-image: skip would leave it out of the scores instead)",
          cause);
    }
    counted();
  }

  @Override
  public boolean wantsMap(Example example, boolean heldOut) {
    return maps.wants(example, heldOut);
  }

  @Override
  public void withoutMap(Prediction prediction) {
    counted(prediction);
  }

  @Override
  public void threshold(String metric, double threshold) {
    if (heldOutThreshold.isEmpty()) {
      heldOutThreshold = OptionalDouble.of(threshold);
    }
  }

  @Override
  public void curve(String metric, List<Score> points) {
    if (!points.isEmpty()) {
      curves.put(metric, points);
    }
  }

  @Override
  public void heldOut(Prediction prediction) {
    maps.addHeldOut(prediction);
    counted(prediction);
  }

  private void counted(Prediction prediction) {
    emptyMaps.add(prediction);
    pictures.count();
    sides.add(Math.max(prediction.map().width(), prediction.map().height()));
    if (labelsChosenOn.contains(prediction.example().id())) {
      labels.add(prediction);
    }
    counted();
  }

  /**
   * @throws TrainingException if the thread was interrupted
   */
  private void counted() {
    listener.scored(++done, total);
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingException("stopped after scoring " + done + " of " + total + " pictures");
    }
  }
}
