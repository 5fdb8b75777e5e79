package dev.wsss.eval.refine.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wsss.api.data.BadImageException;
import dev.wsss.api.data.RgbImage;
import dev.wsss.api.refine.BackgroundRule;
import dev.wsss.api.refine.ClassScores;
import dev.wsss.api.refine.PseudoLabelRefiner;
import dev.wsss.api.testing.PseudoLabelRefinerContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomWalkTest extends PseudoLabelRefinerContract {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final RgbImage PICTURE = new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);

  @Override
  protected PseudoLabelRefiner refiner() {
    return new RandomWalk((picture, id) -> colours(picture), new RandomWalkConfig(5, 8, 4, 0), 2);
  }

  /** Every fourth pixel's colour. */
  private static AffinityGrid colours(RgbImage picture) {
    int width = (picture.width() + 3) / 4;
    int height = (picture.height() + 3) / 4;
    float[] features = new float[3 * width * height];
    for (int i = 0; i < features.length; i++) {
      int x = 4 * (i % width);
      int y = 4 * (i / width % height);
      int channel = i / (width * height);
      features[i] = (picture.rgb()[3 * (y * picture.width() + x) + channel] & 0xff) / 32f;
    }
    return new AffinityGrid(3, width, height, features);
  }

  /** An object on the left half, on a grid of 16×12. */
  private static AffinityGrid halves() {
    float[] features = new float[16 * 12];
    for (int i = 0; i < features.length; i++) {
      features[i] = i % 16 < 8 ? 1 : 0;
    }
    return new AffinityGrid(1, 16, 12, features);
  }

  /** A map that sees a small part of the object only, with the background that it leaves. */
  private static ClassScores part() {
    float[] map = new float[WIDTH * HEIGHT];
    for (int p = 0; p < map.length; p++) {
      int x = p % WIDTH;
      int y = p / WIDTH;
      map[p] = x >= 8 && x < 24 && y >= 16 && y < 32 ? 1 : 0.05f;
    }
    return new BackgroundRule.Power(16).beside(WIDTH, HEIGHT, new int[] {3}, map);
  }

  @Test
  void aPartBecomesTheObject() throws BadImageException {
    ClassScores before = part();
    RandomWalk walk = new RandomWalk((picture, id) -> halves(), RandomWalkConfig.USUAL, 1);
    ClassScores after = walk.refine(PICTURE, before, "a");

    assertThat(after.present()).containsExactly(3);
    byte[] mask = after.labels().indices();
    for (int p = 0; p < mask.length; p++) {
      int x = p % WIDTH;
      if (x < 30) {
        assertThat(after.planes()[mask.length + p]).as("the object's score").isGreaterThan(0.15f);
      } else if (x >= 34) {
        assertThat(mask[p]).isZero();
        assertThat(after.planes()[mask.length + p]).isLessThan(0.1f);
      }
    }
    assertThat(before.planes()).isEqualTo(part().planes());
  }

  @Test
  void backgroundIsMadeAnewUnlessAlphaIsZero() throws BadImageException {
    float[] planes = new float[2 * WIDTH * HEIGHT];
    Arrays.fill(planes, 0, WIDTH * HEIGHT, 0.9f);
    Arrays.fill(planes, WIDTH * HEIGHT, planes.length, 0.5f);
    ClassScores scores = new ClassScores(WIDTH, HEIGHT, new int[] {0}, planes);
    AffinitySource same = (picture, id) -> new AffinityGrid(1, 16, 12, new float[192]);

    ClassScores kept =
        new RandomWalk(same, new RandomWalkConfig(5, 8, 2, 0)).refine(PICTURE, scores, "a");
    ClassScores anew =
        new RandomWalk(same, new RandomWalkConfig(5, 8, 2, 2)).refine(PICTURE, scores, "a");
    assertThat(kept.planes()[0]).isCloseTo(0.9f, within(1e-5f));
    assertThat(anew.planes()[0]).isCloseTo(0.25f, within(1e-5f));
    assertThat(anew.planes()[WIDTH * HEIGHT]).isCloseTo(0.5f, within(1e-5f));
  }

  @Test
  void thePicturesNameReachesTheNetworkAndItsFailureTheCaller() {
    RandomWalk walk =
        new RandomWalk(
            (picture, id) -> {
              throw new BadImageException(id + ": no features");
            },
            RandomWalkConfig.USUAL);
    assertThatThrownBy(() -> walk.refine(PICTURE, part(), "2007_000032"))
        .isInstanceOf(BadImageException.class)
        .hasMessage("2007_000032: no features");
  }

  @Test
  void scoresOfAnotherSizeAreRefused() {
    RandomWalk walk = new RandomWalk((picture, id) -> halves(), RandomWalkConfig.USUAL);
    RgbImage other = new RgbImage(HEIGHT, WIDTH, new byte[3 * WIDTH * HEIGHT]);
    assertThatThrownBy(() -> walk.refine(other, part(), "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores of 64×48 pixels for a picture of 48×64");
    assertThatThrownBy(() -> new AffinityGrid(2, 3, 4, new float[23]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("23 features are not those of 2 channels on a grid of 3×4");
  }
}
