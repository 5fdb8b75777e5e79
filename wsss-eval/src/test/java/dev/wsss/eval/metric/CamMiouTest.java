package dev.wsss.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamMiouTest {
  private static final ClassNames CAT_AND_DOG = new ClassNames(List.of("cat", "dog"));

  @Test
  void countsAHandComputedRow() {
    // Predicted at 0.5: cat cat bg dog bg; the last pixel is ignored.
    Prediction row =
        Pictures.row(
            new int[] {1, 0, 1, 2, 0, 255},
            new int[] {0, 0, 0, 1, 1, 1},
            new double[] {0.9, 0.5, 0.4, 0.8, 0.1, 1.0});
    List<Score> scores = score(0.5, List.of(row), ThresholdMode.FIXED);
    assertThat(scores)
        .containsExactly(
            // Background: TP 1, FP 1 (the third pixel), FN 1 (the second). Cat: TP 1, FP 1, FN 1.
            new Score(
                "miou", "fixed", 0.5, (1 / 3.0 + 1 / 3.0 + 1) / 3, List.of(1 / 3.0, 1 / 3.0, 1.0)),
            new Score("precision", "fixed", 0.5, 2 / 3.0, List.of(0.5, 0.5, 1.0)),
            new Score("recall", "fixed", 0.5, 2 / 3.0, List.of(0.5, 0.5, 1.0)));
  }

  @Test
  void theCurveHoldsWhatEveryFixedThresholdGives() {
    Prediction row =
        Pictures.row(
            new int[] {1, 0, 1, 2, 0, 255},
            new int[] {0, 0, 0, 1, 1, 1},
            new double[] {0.9, 0.5, 0.4, 0.8, 0.1, 1.0});
    CamMiou metric = metric(0.5, ThresholdMode.FIXED);
    List<Score> curve = metric.curve(tally(metric, List.of(row)));

    assertThat(curve).hasSize(3 * 10);
    assertThat(curve).allMatch(point -> point.mode().equals("every"));
    for (double threshold : new double[] {0.1, 0.5, 0.9, 1}) {
      List<Score> fixed = score(threshold, List.of(row), ThresholdMode.FIXED);
      assertThat(curve.stream().filter(point -> point.threshold() == threshold))
          .extracting(Score::name, Score::value, Score::perClass)
          .containsExactlyElementsOf(
              fixed.stream().map(s -> tuple(s.name(), s.value(), s.perClass())).toList());
    }
    assertThat(metric.curve(metric.open(CAT_AND_DOG))).isEmpty();
  }

  @Test
  void leavesOutAClassThatOccursNowhere() {
    Prediction row = Pictures.row(new int[] {1, 0}, new int[] {0, 0}, new double[] {0.9, 0.1});
    List<Score> scores = score(0.5, List.of(row), ThresholdMode.FIXED);
    assertThat(scores).allMatch(s -> s.value() == 1);
    assertThat(scores).allMatch(s -> s.perClass().equals(List.of(1.0, 1.0, Double.NaN)));
  }

  @Test
  void countsAClassThatIsNeverFoundOrNeverThereAsZero() {
    // Truth cat, predicted dog: cat is never found, dog never there.
    Prediction row = Pictures.row(new int[] {1, 0}, new int[] {1, 0}, new double[] {0.9, 0.1});
    for (Score score : score(0.5, List.of(row), ThresholdMode.FIXED)) {
      assertThat(score.perClass()).as(score.name()).containsExactly(1.0, 0.0, 0.0);
      assertThat(score.value()).as(score.name()).isEqualTo(1 / 3.0);
    }
  }

  @Test
  void leavesOutBackgroundThatNoMaskMarks() {
    // Objects are marked, the rest is not counted; one pixel of the cat is missed.
    Prediction row =
        Pictures.row(
            new int[] {1, 1, 2, 255}, new int[] {0, 0, 1, 0}, new double[] {0.9, 0.1, 0.9, 0.9});
    List<Score> scores = score(0.5, List.of(row), ThresholdMode.FIXED);
    assertThat(scores)
        .containsExactly(
            new Score("miou", "fixed", 0.5, 0.75, List.of(Double.NaN, 0.5, 1.0)),
            new Score("precision", "fixed", 0.5, 1, List.of(Double.NaN, 1.0, 1.0)),
            new Score("recall", "fixed", 0.5, 0.75, List.of(Double.NaN, 0.5, 1.0)));
  }

  @Test
  void masksThatShowNoClassGiveNoScores() {
    // As many tools write one class: 0 and 255. To find nothing would be 100 %.
    Prediction row = Pictures.row(new int[] {0, 255}, new int[] {0, 0}, new double[] {0.1, 0.9});
    CamMiou metric = metric(0.5, ThresholdMode.HELD_OUT, ThresholdMode.ORACLE);
    PixelCounts counts = tally(metric, List.of(row));
    try (LogLines log = LogLines.of(CamMiou.class)) {
      assertThat(metric.read(counts, Optional.of(counts))).isEmpty();
      assertThat(log.lines())
          .containsExactly(
              "WARN No scores from cam-miou: none of the pictures has a mask that shows a class"
                  + " (value 255 is not counted; data.mask-values can give a value another"
                  + " meaning)");
    }
    assertThat(metric.threshold(counts)).isEmpty();
    assertThat(metric.curve(counts)).isEmpty();
  }

  @Test
  void saysWhyThereAreNoHeldOutScores() {
    CamMiou metric = metric(0.5, ThresholdMode.HELD_OUT);
    Prediction good = Pictures.row(new int[] {1, 0}, new int[] {0, 0}, new double[] {0.9, 0.1});
    Prediction plain = Pictures.row(new int[] {0}, new int[] {0}, new double[] {0.1});
    PixelCounts counts = tally(metric, List.of(good));
    try (LogLines log = LogLines.of(CamMiou.class)) {
      assertThat(metric.read(counts, Optional.empty())).isEmpty();
      assertThat(metric.read(counts, Optional.of(tally(metric, List.of())))).isEmpty();
      assertThat(metric.read(counts, Optional.of(tally(metric, List.of(plain))))).isEmpty();
      String end = "; modes fixed, share and oracle need none";
      assertThat(log.lines())
          .containsExactly(
              "WARN No held-out scores from cam-miou: no pictures were set apart"
                  + " (scoring.held-out-share is 0)"
                  + end,
              "WARN No held-out scores from cam-miou: none of the pictures set apart has a mask"
                  + " with a pixel that counts"
                  + end,
              "WARN No held-out scores from cam-miou: none of the pictures set apart has a mask"
                  + " that shows a class (value 255 is not counted; data.mask-values can give a"
                  + " value another meaning)"
                  + end);
    }
  }

  @Test
  void addsPixelsUpOverPicturesBeforeDividing() {
    Prediction one = Pictures.row(new int[] {1}, new int[] {0}, new double[] {0.9});
    Prediction three =
        Pictures.row(new int[] {1, 1, 1}, new int[] {0, 0, 0}, new double[] {0.1, 0.1, 0.9});
    Score recall = score(0.5, List.of(one, three), ThresholdMode.FIXED).get(2);
    assertThat(recall.perClass().get(1)).isEqualTo(2 / 4.0);
  }

  @Test
  void usesTheHeldOutPicturesThresholdOnTheOthers() {
    Prediction strict =
        Pictures.row(new int[] {1, 0, 0}, new int[] {0, 0, 0}, new double[] {0.9, 0.72, 0.65});
    Prediction lax =
        Pictures.row(new int[] {1, 1, 0}, new int[] {0, 0, 0}, new double[] {0.4, 0.3, 0.2});
    CamMiou metric = metric(0.5, ThresholdMode.HELD_OUT, ThresholdMode.ORACLE);
    PixelCounts reported = tally(metric, List.of(strict));
    PixelCounts heldOut = tally(metric, List.of(lax));
    List<Score> scores = metric.read(reported, Optional.of(heldOut));
    assertThat(scores.get(0).mode()).isEqualTo("held-out");
    assertThat(scores.get(0).threshold()).isEqualTo(0.3);
    assertThat(scores.get(0).value()).isEqualTo(1 / 6.0); // all cat: background 0, cat 1/3
    assertThat(scores.get(3).mode()).isEqualTo("oracle");
    assertThat(scores.get(3).threshold()).isEqualTo(0.8);
    assertThat(scores.get(3).value()).isEqualTo(1);
  }

  /** Of five pixels, the one that does not count included, three score below 0.5. */
  @Test
  void shareReadsTheMapsAlone() {
    double[] scores = {0.05, 0.42, 0.5, 0.9, 0.3};
    int[] cat = new int[5];
    CamMiou metric = metric(0.5, ThresholdMode.SHARE);
    for (int[] truth : new int[][] {{0, 0, 1, 1, 255}, {1, 1, 255, 255, 0}}) {
      PixelCounts counts = tally(metric, List.of(Pictures.row(truth, cat, scores)));
      assertThat(metric.read(counts, Optional.empty()))
          .hasSize(3)
          .allMatch(score -> score.mode().equals("share") && score.threshold() == 0.5);
    }
    PixelCounts counts =
        tally(metric, List.of(Pictures.row(new int[] {0, 0, 1, 1, 255}, cat, scores)));
    assertThat(metric.read(counts, Optional.empty()).get(0).value()).isEqualTo(1);
    assertThat(counts.indexBelowWhich(0.61)).isEqualTo(6);
    assertThat(counts.indexBelowWhich(0)).as("never 0, where nothing is background").isEqualTo(1);
    assertThat(counts.indexBelowWhich(1)).as("0.9 as a float is below 0.9").isEqualTo(9);
    assertThat(metric.threshold(counts)).as("the best one").hasValue(0.5);
  }

  @Test
  void omitsHeldOutScoresWhereNothingWasSetApart() {
    CamMiou metric = metric(0.5, ThresholdMode.HELD_OUT, ThresholdMode.FIXED);
    Prediction row = Pictures.row(new int[] {1}, new int[] {0}, new double[] {0.9});
    PixelCounts counts = tally(metric, List.of(row));
    assertThat(metric.read(counts, Optional.empty()))
        .extracting(Score::mode)
        .containsOnly("fixed")
        .hasSize(3);
    assertThat(metric.read(counts, Optional.of(tally(metric, List.of()))))
        .extracting(Score::mode)
        .containsOnly("fixed")
        .hasSize(3);
  }

  @Test
  void choosesTheLowestOfEqualThresholds() {
    Prediction row = Pictures.row(new int[] {1, 0}, new int[] {0, 0}, new double[] {0.9, 0.35});
    assertThat(score(0.5, List.of(row), ThresholdMode.ORACLE).get(0).threshold()).isEqualTo(0.4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsACountOfEveryPixelAtEveryThreshold(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(6);
    int bins = 1 + random.nextInt(120);
    int present = 1 + random.nextInt(classes);
    List<Prediction> pictures =
        IntStream.range(0, 12)
            .mapToObj(i -> Pictures.random(random, classes, present, bins))
            .toList();
    PixelCounts counts = new PixelCounts(classes, bins);
    pictures.forEach(counts::add);
    ThresholdCurve curve = new ThresholdCurve(counts);
    double best = -1;
    int bestIndex = 0;
    for (int j = 1; j <= bins; j++) {
      NaiveConfusion naive = new NaiveConfusion(classes, pictures, j / (double) bins);
      ThresholdCurve.Quality quality = curve.at(j);
      assertThat(quality.threshold()).isEqualTo(j / (double) bins);
      assertThat(quality.iou()).as("iou at %d/%d", j, bins).containsExactly(naive.iou());
      assertThat(quality.precision()).containsExactly(naive.precision());
      assertThat(quality.recall()).containsExactly(naive.recall());
      if (naive.meanIou() > best) {
        best = naive.meanIou();
        bestIndex = j;
      }
    }
    assertThat(curve.best()).isEqualTo(bestIndex);
    assertThat(curve.at(bestIndex).meanIou()).isCloseTo(best, within(1e-12));
  }

  @Test
  void namesThePictureWhoseSizesDiffer() {
    Prediction map = Pictures.picture("cat-7", 2, 1, new int[2], new int[2], new double[2]);
    Prediction mask = Pictures.picture("cat-7", 1, 2, new int[2], new int[2], new double[2]);
    Prediction mixed = new Prediction(map.example(), new float[2], map.map(), mask.truth());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally(metric(0.5, ThresholdMode.FIXED), List.of(mixed)))
        .withMessage("picture 'cat-7': a mask of 1×2 beside a score map of 2×1");
  }

  @Test
  void namesThePictureWhoseMaskHoldsNoClass() {
    Prediction row = Pictures.row(new int[] {3}, new int[] {0}, new double[] {0.5});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally(metric(0.5, ThresholdMode.FIXED), List.of(row)))
        .withMessage("picture 'row': mask index 3; allowed are 0…2 and 255");
  }

  @Test
  void namesThePictureOfADivergedNetwork() {
    Prediction row = Pictures.row(new int[] {1}, new int[] {0}, new double[] {Double.NaN});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally(metric(0.5, ThresholdMode.FIXED), List.of(row)))
        .withMessage("picture 'row': score NaN; allowed are 0…1. Did the network diverge?");
  }

  @Test
  void refusesAFixedThresholdThatIsNotCounted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CamMiouConfig(List.of(ThresholdMode.FIXED), 0.305, 0.75, 100))
        .withMessage(
            "fixed-threshold is 0.305; with bins: 100 it is a whole multiple of 1/100 up to 1; the"
                + " nearest is 0.31");
  }

  @Test
  void refusesNoModesAndRepeatedModes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CamMiouConfig(List.of(), 0.3, 0.75, 100))
        .withMessage("modes is empty; name at least one of fixed, held-out, share, oracle");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CamMiouConfig(
                    List.of(ThresholdMode.HELD_OUT, ThresholdMode.HELD_OUT), 0.3, 0.75, 100))
        .withMessage("modes repeats itself: [held-out, held-out]");
  }

  private static CamMiou metric(double fixed, ThresholdMode... modes) {
    return new CamMiou(new CamMiouConfig(List.of(modes), fixed, 0.6, 10));
  }

  private static PixelCounts tally(CamMiou metric, List<Prediction> predictions) {
    PixelCounts counts = metric.open(CAT_AND_DOG);
    predictions.forEach(p -> metric.add(counts, p));
    return counts;
  }

  private static List<Score> score(
      double fixed, List<Prediction> predictions, ThresholdMode... modes) {
    CamMiou metric = metric(fixed, modes);
    return new ArrayList<>(metric.read(tally(metric, predictions), Optional.empty()));
  }
}
