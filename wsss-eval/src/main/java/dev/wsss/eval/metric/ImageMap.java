package dev.wsss.eval.metric;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Image-level classification: score {@code map}, the mean over classes of the average precision of
 * the probabilities.
 *
 * <p>Average precision is Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct probabilities from the highest down,
 * without interpolation, so that equal probabilities count together: scikit-learn's {@code
 * average_precision_score}. (PASCAL VOC from 2010 on makes precision monotone first, which gives
 * slightly higher numbers.) A class that no picture shows is NaN by class and left out of the mean;
 * without any picture or any label there is no score.
 */
public final class ImageMap implements Metric<ImageProbabilities> {

  @Inject
  @SuppressWarnings(
      "unused") // a metric may inject its configuration record only; this one is empty
  public ImageMap(ImageMapConfig config) {}

  @Override
  public ImageProbabilities open(ClassNames classes) {
    return new ImageProbabilities(classes.count());
  }

  @Override
  public void add(ImageProbabilities tally, Prediction prediction) {
    tally.add(prediction);
  }

  @Override
  public boolean readsMapsBesideMasksOnly() {
    return true;
  }

  @Override
  public boolean readsProbabilitiesOnly() {
    return true;
  }

  @Override
  public List<Score> read(ImageProbabilities tally, Optional<ImageProbabilities> heldOut) {
    List<Double> perClass =
        IntStream.range(0, tally.classes()).mapToObj(tally::averagePrecision).toList();
    var mean = perClass.stream().filter(ap -> !ap.isNaN()).mapToDouble(ap -> ap).average();
    if (mean.isEmpty()) {
      return List.of();
    }
    return List.of(new Score("map", "none", Double.NaN, mean.getAsDouble(), perClass));
  }
}
