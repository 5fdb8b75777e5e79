package dev.wsss.eval.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.RgbImage;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.eval.cam.CamConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationInferenceTest {

  /**
   * Scores of every pixel: 0 for background, and for the one class red over 100 left of the middle
   * of what it sees, 0 right of it; so it knows left from right.
   */
  private static final class LeftOnly implements SegmentationModel {
    private final List<String> sizes = new ArrayList<>();

    @Override
    public int shortestSide() {
      return 2;
    }

    @Override
    public PixelScores run(PixelBatch pixels) {
      sizes.add(pixels.count() + "x" + pixels.width() + "x" + pixels.height());
      FloatBuffer values =
          pixels.values().duplicate().order(pixels.values().order()).asFloatBuffer();
      int plane = pixels.height() * pixels.width();
      float[] scores = new float[pixels.count() * 2 * plane];
      for (int i = 0; i < pixels.count(); i++) {
        for (int p = 0; p < plane; p++) {
          boolean left = p % pixels.width() < pixels.width() / 2;
          scores[(2 * i + 1) * plane + p] = left ? values.get(3 * i * plane + p) / 100 : 0;
        }
      }
      return new PixelScores(pixels.count(), 2, pixels.height(), pixels.width(), scores);
    }

    @Override
    public void close() {}
  }

  /** Two pixels side by side, of red 200 and 100. */
  private static RgbImage picture() {
    return new RgbImage(2, 2, new byte[] {-56, 0, 0, 100, 0, 0, -56, 0, 0, 100, 0, 0});
  }

  private static double sigmoid(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheScores() {
    ClassScores found =
        new SegmentationInference(new LeftOnly(), new CamConfig(List.of(1.0), false, 1))
            .probabilities(picture());

    assertThat(found.present()).containsExactly(0);
    float left = (float) sigmoid(2);
    assertThat(found.planes())
        .containsExactly(
            new float[] {1 - left, 0.5f, 1 - left, 0.5f, left, 0.5f, left, 0.5f}, within(1e-6f));
  }

  @Test
  void theMirrorImagesProbabilitiesAreMirroredBackAndAveraged() {
    ClassScores found =
        new SegmentationInference(new LeftOnly(), new CamConfig(List.of(1.0), true, 1))
            .probabilities(picture());

    float left = (float) ((sigmoid(2) + 0.5) / 2);
    float right = (float) ((0.5 + sigmoid(1)) / 2);
    assertThat(found.planes())
        .containsExactly(
            new float[] {1 - left, 1 - right, 1 - left, 1 - right, left, right, left, right},
            within(1e-6f));
  }

  @Test
  void everyScaleIsLookedAtAndNoneBelowTheShortestSide() {
    LeftOnly model = new LeftOnly();
    ClassScores found =
        new SegmentationInference(model, new CamConfig(List.of(0.5, 1.0, 2.0), true, 1))
            .probabilities(picture());

    assertThat(model.sizes).containsExactly("2x2x2", "2x2x2", "2x4x4");
    for (int p = 0; p < 4; p++) {
      assertThat(found.planes()[p] + found.planes()[4 + p]).isCloseTo(1f, within(1e-6f));
    }
  }

  @Test
  void hugeScoresStayFinite() {
    PixelScores raw = new PixelScores(1, 2, 1, 2, new float[] {1e30f, -1e30f, -1e30f, 1e30f});
    ProbabilitySum sum = new ProbabilitySum(2, 1, 2);
    sum.add(raw, 0);

    assertThat(sum.mean()).containsExactly(1, 0, 0, 1);
  }
}
