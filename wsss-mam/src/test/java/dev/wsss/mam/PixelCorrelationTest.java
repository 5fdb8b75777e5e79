package dev.wsss.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PixelCorrelationTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void eachCellTakesTheMeanOfThoseAlikeToIt() {
    // Features (1, 0), (1, 1), (0, 3): neighbours at 45°, the ends at 90°.
    float half = (float) Math.sqrt(0.5);

    assertSpread(
        new float[] {1, 1, 0, 0, 1, 3},
        new float[] {1, 0, 0},
        new float[] {1 / (1 + half), half / (1 + 2 * half), 0});
  }

  @Test
  void equalFeaturesGiveThePlainMean() {
    assertSpread(new float[] {2, 5, 1, 4, 10, 2}, new float[] {1, 0, 0.5f}, .5f, .5f, .5f);
  }

  @Test
  void oppositeFeaturesAreNotAlike() {
    // The last cell has no positive feature, so it is like nobody, itself included.
    assertSpread(new float[] {1, 2, -1, 1, 2, -1}, new float[] {1, 0, 1}, .5f, .5f, 0);
  }

  /** Features 1×2×1×3, maps 1×1×1×3. */
  private void assertSpread(float[] features, float[] maps, float... expected) {
    assertThat(
            PixelCorrelation.spread(
                    manager.create(features, new Shape(1, 2, 1, 3)),
                    manager.create(maps, new Shape(1, 1, 1, 3)))
                .toFloatArray())
        .containsExactly(expected, within(2e-5f));
  }
}
