package dev.wsss.eval.refine.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.Example;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.data.RgbImage;
import dev.wsss.eval.cam.PictureMaps;
import dev.wsss.eval.refine.CrfPreset;
import dev.wsss.eval.refine.DenseCrf;
import dev.wsss.eval.refine.DenseCrfConfig;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AffinityLabelsTest {

  /** No rounds: what comes out are the scores, so that labels can be worked out by hand. */
  private static DenseCrf withoutRounds() {
    return new DenseCrf(
        new DenseCrfConfig(
            CrfPreset.CAM,
            Optional.empty(),
            0.7,
            Optional.of(0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        1);
  }

  private static PictureMaps maps(int width, int height, int[] present, float... scores) {
    BitSet labels = new BitSet();
    for (int k : present) {
      labels.set(k);
    }
    return new PictureMaps(new Example("a", labels), new float[20], width, height, present, scores);
  }

  private static RgbImage picture(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  /**
   * (1 − s)⁴ and (1 − s)³² beside s: 0.5 and more are a class by both; 0.2 is background by the
   * first (0.41) and a class by the second (0.0008), so nobody knows; 0.01 is background by both.
   */
  @Test
  void agreementIsALabelAndDoubtIsNone() {
    PictureMaps maps = maps(4, 1, new int[] {6}, 0.9f, 0.5f, 0.2f, 0.01f);
    IndexMask mask = new AffinityLabels(4, 32, withoutRounds()).of(picture(4, 1), maps);
    assertThat(mask.indices()).containsExactly(7, 7, 255, 0);
  }

  @Test
  void theLargestOfSeveralClassesCounts() {
    PictureMaps maps = maps(2, 1, new int[] {0, 4}, 0.6f, 0.5f, 0.5f, 0.8f);
    IndexMask mask = new AffinityLabels(4, 32, withoutRounds()).of(picture(2, 1), maps);
    assertThat(mask.indices()).containsExactly(1, 5);
  }

  @Test
  void masksHaveThePicturesSize() {
    PictureMaps maps = maps(2, 1, new int[] {0}, 1f, 0f);
    IndexMask mask = new AffinityLabels(4, 32, withoutRounds()).of(picture(6, 3), maps);
    assertThat(mask.width()).isEqualTo(6);
    assertThat(mask.height()).isEqualTo(3);
    assertThat(mask.indices())
        .containsExactly(1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0);
    IndexMask none =
        new AffinityLabels(4, 32, withoutRounds()).of(picture(3, 2), maps(3, 2, new int[0]));
    assertThat(none.indices()).containsOnly(0);
  }

  /** With its rounds the CRF takes a blurred map to the picture's edge in both runs. */
  @Test
  void theCrfMovesLabelsToTheEdges() {
    int side = 40;
    RgbImage picture = picture(side, side);
    float[] scores = new float[side * side];
    for (int p = 0; p < scores.length; p++) {
      int x = p % side;
      if (x < 20) {
        java.util.Arrays.fill(picture.rgb(), 3 * p, 3 * p + 3, (byte) 200);
      }
      scores[p] = (float) Math.max(0, Math.min(1, 1.2 - x / 22.0));
    }
    DenseCrf crf = new DenseCrf(DenseCrfConfig.of(CrfPreset.CAM), 1);
    byte[] mask =
        new AffinityLabels(4, 32, crf)
            .of(picture, maps(side, side, new int[] {2}, scores))
            .indices();
    int right = 0;
    for (int p = 0; p < mask.length; p++) {
      right += mask[p] == (p % side < 20 ? 3 : 0) ? 1 : 0;
      if (mask[p] != (byte) 255) {
        assertThat(mask[p]).isEqualTo((byte) (p % side < 20 ? 3 : 0));
      }
    }
    assertThat(right).isGreaterThan(side * side * 3 / 4);
  }

  @Test
  void exponentsInTheWrongOrderAreRefused() {
    assertThatThrownBy(() -> new AffinityLabels(32, 4, withoutRounds()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "alpha-low is 32.0 and alpha-high 4.0; alpha-low makes more background and is the"
                + " smaller");
  }
}
