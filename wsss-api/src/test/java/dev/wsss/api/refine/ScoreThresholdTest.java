package dev.wsss.api.refine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreThresholdTest {

  @Test
  void aQuantileLiesWhereTheShareIsReached() {
    double[] histogram = {2, 0, 6, 2};

    assertThat(ScoreThreshold.quantile(histogram, 0.1)).isEqualTo(0.5);
    assertThat(ScoreThreshold.quantile(histogram, 0.2)).as("an empty bin").isEqualTo(1);
    assertThat(ScoreThreshold.quantile(histogram, 0.5)).isEqualTo(2.5);
    assertThat(ScoreThreshold.quantile(histogram, 0.8)).isEqualTo(3);
    assertThat(ScoreThreshold.quantile(histogram, 1)).isEqualTo(4);
    assertThat(ScoreThreshold.quantile(new double[4], 0.5)).as("nothing counted").isEqualTo(4);
  }

  @Test
  void otsuPartsTwoHeapsBetweenThem() {
    float[] scores = {0.1f, 0.11f, 0.12f, 0.1f, 0.8f, 0.82f, 0.79f};

    assertThat(ScoreThreshold.otsu(scores, 0, scores.length)).isBetween(0.12f, 0.79f);
  }

  @Test
  void otsuPartsWhereTheVarianceBetweenThePartsIsLargest() {
    // Bins 0, 64 and 192: the first apart from the others gives 1·2·128², the last one 2·1·160².
    float[] scores = {9, 0, 0.25f, 0.75f, 9};

    assertThat(ScoreThreshold.otsu(scores, 1, 4)).isEqualTo(65 / 256f);
  }

  @Test
  void otsuOfOneScoreKeepsNothingBelowTheLastBin() {
    assertThat(ScoreThreshold.otsu(new float[] {0, 0}, 0, 2)).isEqualTo(255 / 256f);
  }
}
