package dev.wsss.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Prediction;
import dev.wsss.api.metric.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureCountsTest {
  private static final ClassNames CAT_AND_DOG = new ClassNames(List.of("cat", "dog"));

  @Test
  void countsAHandComputedRow() {
    // Predicted at 0.5: cat cat bg dog bg; the last pixel is ignored.
    PictureCounts counts = handComputed();
    assertThat(counts.classes())
        .containsExactly(
            new PictureCounts.OfClass(0, 2, 2, 1),
            new PictureCounts.OfClass(1, 2, 2, 1),
            new PictureCounts.OfClass(2, 1, 1, 1));
    assertThat(counts.iou()).isCloseTo((1 / 3.0 + 1 / 3.0 + 1) / 3, within(1e-12));
  }

  @Test
  void masksOfBackgroundAloneHaveItsShareForItAndNothingElse() {
    assertThat(PictureCounts.miouOfBackgroundAlone(List.of(handComputed())))
        .isCloseTo(2 / 5.0 / 3, within(1e-12));
  }

  private static PictureCounts handComputed() {
    return PictureCounts.of(
            Pictures.row(
                new int[] {1, 0, 1, 2, 0, 255},
                new int[] {0, 0, 0, 1, 1, 1},
                new double[] {0.9, 0.5, 0.4, 0.8, 0.1, 1.0}),
            0.5)
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.7, 1})
  void addUpToTheMeanIouOfTheMetric(double threshold) {
    Random random = new Random(Double.hashCode(threshold));
    List<Prediction> pictures = new ArrayList<>();
    List<PictureCounts> counts = new ArrayList<>();
    CamMiou metric =
        new CamMiou(new CamMiouConfig(List.of(ThresholdMode.FIXED), threshold, 0.75, 10));
    PixelCounts tally = metric.open(CAT_AND_DOG);
    for (int i = 0; i < 20; i++) {
      int[] truth = random.ints(40, 0, 4).map(t -> t == 3 ? 255 : t).toArray();
      // The last pictures never show a dog, nor background.
      int[] shown = i < 15 ? truth : random.ints(40, 0, 2).map(t -> t == 0 ? 255 : 1).toArray();
      pictures.add(
          Pictures.row(shown, random.ints(40, 0, 2).toArray(), random.doubles(40, 0, 1).toArray()));
      PictureCounts.of(pictures.get(i), threshold).ifPresent(counts::add);
      metric.add(tally, pictures.get(i));
    }
    Score miou = metric.read(tally, Optional.empty()).get(0);

    assertThat(PictureCounts.miou(counts)).isCloseTo(miou.value(), within(1e-12));
    double[] byClass = PictureCounts.iouByClass(counts);
    for (int index = 0; index < 3; index++) {
      assertThat(byClass[index]).isCloseTo(miou.perClass().get(index), within(1e-12));
    }
  }

  @Test
  void aPictureWithoutATruthThatCountsIsNotCounted() {
    assertThat(
            PictureCounts.of(Pictures.row(new int[] {255}, new int[] {0}, new double[] {1}), 0.5))
        .isEmpty();
  }
}
