package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.metric.Metric;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.api.metric.ScoreMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Metric} promises. Extend it with the metric under test.
 *
 * @param <A> the metric's tally
 */
public abstract class MetricContract<A> {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog", "horse"));

  /** A fresh metric. */
  protected abstract Metric<A> metric();

  @Test
  void keepsNothingItself() {
    Metric<A> metric = metric();
    List<Prediction> first = predictions(1, 6);
    List<Prediction> second = predictions(2, 6);
    A one = metric.open(CLASSES);
    A two = metric.open(CLASSES);
    for (int i = 0; i < first.size(); i++) {
      metric.add(one, first.get(i));
      metric.add(two, second.get(i));
    }
    assertThat(metric.read(one, Optional.of(two)))
        .isEqualTo(metric().read(tally(first), Optional.of(tally(second))));
  }

  @Test
  void doesNotDependOnTheOrderOfPictures() {
    List<Prediction> predictions = predictions(3, 8);
    List<Prediction> reversed = new ArrayList<>(predictions);
    Collections.reverse(reversed);
    A heldOut = tally(predictions(4, 4));
    // Sums of floating-point numbers may differ in their last digits.
    assertThat(metric().read(tally(reversed), Optional.of(heldOut)))
        .usingRecursiveComparison()
        .withComparatorForType(MetricContract::compareRounded, Double.class)
        .isEqualTo(metric().read(tally(predictions), Optional.of(heldOut)));
  }

  private static int compareRounded(Double a, Double b) {
    return Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b);
  }

  @Test
  void readsTheSameTwice() {
    Metric<A> metric = metric();
    A tally = tally(predictions(5, 6));
    assertThat(metric.read(tally, Optional.empty()))
        .isEqualTo(metric.read(tally, Optional.empty()));
  }

  @Test
  void givesScoresThatTablesCanPrint() {
    List<Score> scores =
        metric().read(tally(predictions(6, 10)), Optional.of(tally(predictions(7, 5))));
    assertThat(scores).isNotEmpty();
    assertThat(scores.stream().map(s -> s.name() + "/" + s.mode())).doesNotHaveDuplicates();
    for (Score score : scores) {
      assertThat(score.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
      assertThat(score.mode()).isIn("none", "fixed", "held-out", "share", "oracle");
      assertThat(Double.isNaN(score.threshold())).isEqualTo(score.mode().equals("none"));
      assertThat(score.value()).isBetween(0.0, 1.0);
      assertThat(score.perClass().size()).isIn(0, CLASSES.count(), CLASSES.count() + 1);
      assertThat(score.perClass()).allMatch(v -> v.isNaN() || (v >= 0 && v <= 1));
    }
  }

  @Test
  void givesACurveWhoseThresholdsNobodyChose() {
    List<Score> curve = metric().curve(tally(predictions(6, 10)));
    assertThat(curve.stream().map(s -> s.name() + "/" + s.threshold())).doesNotHaveDuplicates();
    assertThat(curve).allMatch(point -> point.mode().equals(Score.EVERY));
    assertThat(curve).noneMatch(point -> Double.isNaN(point.threshold()));
  }

  @Test
  void saysTheFixedThresholdThatItReportsAt() {
    List<Score> scores = metric().read(tally(predictions(6, 10)), Optional.empty());
    assertThat(
            scores.stream()
                .filter(score -> score.mode().equals("fixed"))
                .map(Score::threshold)
                .distinct())
        .isEqualTo(metric().fixedThreshold().stream().boxed().toList());
  }

  @Test
  void takesPicturesWithoutMaskAndWithoutLabel() {
    Prediction full = predictions(8, 1).get(0);
    Prediction noMask = unmasked(full);
    Example unlabelled = new Example("unlabelled", new BitSet());
    int pixels = full.map().width() * full.map().height();
    Prediction noLabel =
        new Prediction(
            unlabelled,
            full.probabilities(),
            new ScoreMap(
                full.map().width(), full.map().height(), new byte[pixels], new float[pixels]),
            full.truth());
    assertThatCode(
            () -> metric().read(tally(List.of(noMask, noLabel)), Optional.of(tally(List.of()))))
        .doesNotThrowAnyException();
  }

  @Test
  void readsAnEmptyTally() {
    assertThatCode(() -> metric().read(tally(List.of()), Optional.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void choosesNoThresholdFromNothing() {
    A none = tally(List.of());
    assertThat(metric().threshold(none)).isEmpty();
    assertThat(metric().read(tally(predictions(9, 6)), Optional.of(none)))
        .noneMatch(score -> score.mode().equals("held-out"));
  }

  @Test
  void choosesNoThresholdFromPicturesItDoesNotCount() {
    List<Prediction> unmasked = predictions(10, 6).stream().map(MetricContract::unmasked).toList();
    Assumptions.assumeTrue(
        metric().read(tally(unmasked), Optional.empty()).isEmpty(), "needs no masks");
    assertThat(metric().threshold(tally(unmasked))).isEmpty();
    assertThat(metric().curve(tally(unmasked))).isEmpty();
    assertThat(metric().read(tally(predictions(11, 6)), Optional.of(tally(unmasked))))
        .noneMatch(score -> score.mode().equals("held-out"));
  }

  private static Prediction unmasked(Prediction full) {
    return new Prediction(full.example(), full.probabilities(), full.map(), Optional.empty());
  }

  private A tally(List<Prediction> predictions) {
    Metric<A> metric = metric();
    A tally = metric.open(CLASSES);
    predictions.forEach(prediction -> metric.add(tally, prediction));
    return tally;
  }

  /** Random pictures of several sizes; the first shows every class. */
  private static List<Prediction> predictions(long seed, int count) {
    Random random = new Random(seed);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BitSet labels = new BitSet();
      labels.set(random.nextInt(CLASSES.count()));
      if (i == 0) {
        labels.set(0, CLASSES.count());
      }
      int[] present = labels.stream().toArray();
      int width = 3 + random.nextInt(6);
      int height = 3 + random.nextInt(6);
      byte[] truth = new byte[width * height];
      byte[] winner = new byte[width * height];
      float[] score = new float[width * height];
      for (int p = 0; p < truth.length; p++) {
        int k = present[random.nextInt(present.length)];
        int pick = random.nextInt(5);
        truth[p] = (byte) (pick == 0 ? IndexMask.IGNORE : pick < 3 ? 0 : k + 1);
        winner[p] = (byte) k;
        score[p] = random.nextFloat();
      }
      float[] probabilities = new float[CLASSES.count()];
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] = random.nextFloat();
      }
      predictions.add(
          new Prediction(
              new Example("picture-" + i, labels),
              probabilities,
              new ScoreMap(width, height, winner, score),
              Optional.of(new IndexMask(width, height, truth))));
    }
    return predictions;
  }
}
