package dev.wsss.api.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.metric.ScoreMap;
import org.junit.jupiter.api.Test;

class ClassScoresTest {

  @Test
  void theLargestScoreIsTheLabelAndBackgroundLosesToItsEqual() {
    float[] planes = {
      0.5f, 0.5f, 0.5f, 0.5f, // background
      0.4f, 0.5f, 0.6f, 0.6f, // class 2
      0.3f, 0.5f, 0.6f, 0.7f // class 9
    };
    ClassScores scores = new ClassScores(2, 2, new int[] {2, 9}, planes);
    assertThat(scores.labels().indices()).containsExactly(0, 3, 3, 10);
  }

  @Test
  void withAThresholdAsBackgroundTheLabelsAreTheMaskAtIt() {
    float[] map = {0.3f, 0.30000004f, 0.29999998f, 0.7f, 0, 1};
    for (double threshold : new double[] {0, 1e-50, 0.3, 0.29999999, 0.7, 1}) {
      ScoreMap scores = new ScoreMap(3, 2, new byte[] {5, 5, 5, 5, 5, 5}, map);
      ClassScores withBackground =
          new BackgroundRule.Threshold(threshold).beside(3, 2, new int[] {5}, map);
      assertThat(withBackground.labels().indices())
          .as("threshold %s", threshold)
          .isEqualTo(scores.mask(threshold).indices());
    }
  }

  @Test
  void thePowerOfWhatIsLeftIsBackground() {
    float[] maps = {0.5f, 0, 1, 0.25f, 0.75f, 0}; // two classes
    float[] planes = new BackgroundRule.Power(2).beside(3, 1, new int[] {0, 1}, maps).planes();
    assertThat(planes).containsExactly(0.25f, 0.0625f, 0, 0.5f, 0, 1, 0.25f, 0.75f, 0);
  }

  @Test
  void otsuIsThePicturesOwnThreshold() {
    // The largest scores are 0.1, 0.12, 0.5 and 0.6; another picture's lie below its background.
    float[] maps = {0.1f, 0, 0.5f, 0.1f, 0, 0.12f, 0, 0.6f}; // two classes
    ClassScores high = new BackgroundRule.Otsu().beside(4, 1, new int[] {0, 1}, maps);
    assertThat(high.labels().indices()).containsExactly(0, 0, 1, 2);
    assertThat(high.planes()[0]).isBetween(0.12f, 0.5f).isEqualTo(high.planes()[3]);

    float[] dim = {0, 0.01f, 0.09f, 0.1f};
    assertThat(new BackgroundRule.Otsu().beside(4, 1, new int[] {0}, dim).labels().indices())
        .containsExactly(0, 0, 1, 1);

    float[] nothing = new float[4];
    assertThat(new BackgroundRule.Otsu().beside(4, 1, new int[] {0}, nothing).labels().indices())
        .containsOnly(0);
  }

  @Test
  void withoutClassesAllIsBackground() {
    ClassScores scores = new BackgroundRule.Power(4).beside(2, 1, new int[0], new float[0]);
    assertThat(scores.planes()).containsExactly(1, 1);
    assertThat(scores.labels().indices()).containsExactly(0, 0);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new ClassScores(2, 2, new int[] {1}, new float[4]))
        .hasMessage("4 scores are not those of background and 1 classes at 2×2");
    assertThatThrownBy(() -> new ClassScores(1, 1, new int[] {3, 3}, new float[3]))
        .hasMessage("class 3 at place 1; classes are 0…253 and ascend");
    assertThatThrownBy(() -> new ClassScores(1, 1, new int[] {254}, new float[2]))
        .hasMessage("class 254 at place 0; classes are 0…253 and ascend");
    assertThatThrownBy(() -> new BackgroundRule.Threshold(1.5))
        .hasMessage("a threshold of 1.5; allowed are 0 to 1");
    assertThatThrownBy(() -> new BackgroundRule.Power(0))
        .hasMessage("an exponent of 0.0; it is above 0");
  }
}
