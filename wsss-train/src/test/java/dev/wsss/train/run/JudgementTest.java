package dev.wsss.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.ClassNames;
import dev.wsss.api.metric.Score;
import dev.wsss.eval.cam.LabelThresholds;
import dev.wsss.eval.metric.PictureCounts;
import dev.wsss.eval.metric.PictureCounts.OfClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final ClassNames CLASSES = new ClassNames(List.of("cat", "dog", "cow"));

  /** Of 10 pixels 6 are background: alone it would have 0.6 / 3 classes. */
  private static final List<PictureCounts> COUNTS =
      List.of(
          new PictureCounts(
              "a",
              List.of(new OfClass(0, 6, 5, 5), new OfClass(1, 2, 3, 2), new OfClass(2, 2, 2, 2))));

  @Test
  void namesTheBestAndTheWorstClassAndWhatNothingWouldHave() {
    Score miou = new Score("miou", "held-out", 0.21, 0.4, List.of(0.8, 0.1, 0.6, Double.NaN));
    assertThat(Judgement.of(result(miou), CLASSES, COUNTS))
        .isEqualTo(
            "Rough masks: mean IoU 40.0 % over 3 classes at threshold 0.21 (held-out), best dog"
                + " 60.0 %, worst cat 10.0 %; masks of background alone would have 20.0 %.");
  }

  @ParameterizedTest
  @CsvSource({
    "0.7, Good masks",
    "0.69, Usable masks",
    "0.5, Usable masks",
    "0.49, Rough masks",
    "0.29, Poor masks",
    "0.24, Masks that are worth nothing"
  })
  void measuresBySteps(double miou, String word) {
    Score score = new Score("miou", "held-out", 0.21, miou, List.of());
    assertThat(Judgement.of(result(score), CLASSES, COUNTS)).startsWith(word + ": mean IoU ");
  }

  @Test
  void speaksOfTheScoreAtTheMasksThreshold() {
    Score oracle = new Score("miou", "oracle", 0.4, 0.9, List.of());
    Score heldOut = new Score("miou", "held-out", 0.21, 0.6, List.of());
    assertThat(result(oracle, heldOut).miouOfMasks()).contains(heldOut);
    assertThat(result(oracle).miouOfMasks()).contains(oracle);
  }

  @Test
  void withoutMasksThereIsNothingToCompareWith() {
    Score map = new Score("map", "none", Double.NaN, 0.9, List.of());
    assertThat(Judgement.of(result(map), CLASSES, List.of()))
        .isEqualTo("No masks to compare with: whether these are good, only looking at them tells.");
  }

  private static RunResult result(Score... scores) {
    return new RunResult(
        "val",
        Map.of("cam-miou", List.of(scores)),
        new MaskThreshold(0.21, "held-out"),
        LabelThresholds.even(3),
        64,
        0,
        0,
        1,
        Optional.empty());
  }
}
