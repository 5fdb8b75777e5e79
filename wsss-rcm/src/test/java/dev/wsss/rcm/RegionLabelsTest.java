package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.testing.FakeBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures of one row and three pixels, with maps of the same size: nothing is upsampled. */
final class RegionLabelsTest {
  private static final int BACKGROUND = 3;

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
  void theLargestShareWinsAndLowOnesAreBackground() {
    float[] maps = {
      /* class 0, present: */ 10, 4, 1, /* class 1, absent: */ 99, 99, 99, /* class 2: */ 1, 2, -5
    };

    // Shares: 1, 0.4, 0.1 and 0.5, 1, 0.
    assertThat(labels(new int[][] {{0, 2}}, maps, 0.3)).containsExactly(0, 2, BACKGROUND);
  }

  @Test
  void ofEqualSharesTheFirstClassWins() {
    float[] maps = {0, 0, 0, /**/ 2, 1, 0, /**/ 2, 1, 0};

    assertThat(labels(new int[][] {{1, 2}}, maps, 0.3)).containsExactly(1, 1, BACKGROUND);
  }

  @Test
  void aShareEqualToTheThresholdCountsInEverySlot() {
    float[] maps = {1, 0, 0, /**/ 0, 1, 0, /**/ 0, 0, 1};
    double highest = 1f / (1f + 1e-5f);

    assertThat(labels(new int[][] {{0, 1, 2}}, maps, highest)).containsExactly(0, 1, 2);
    assertThat(labels(new int[][] {{0, 1, 2}}, maps, Math.nextUp((float) highest)))
        .containsOnly(BACKGROUND);
  }

  @Test
  void imagesOfDifferentNumbersOfClassesDoNotMix() {
    float[] maps = {
      /* image 0 shows 1: */ 5, 5, 5, 0, 1, 0, 5, 5, 5,
      /* image 1 shows none: */ 5, 5, 5, 5, 5, 5, 5, 5, 5,
      /* image 2 shows 0 and 2: */ 1, 0, 0, 5, 5, 5, 0, 0, 1
    };

    assertThat(labels(new int[][] {{1}, {}, {0, 2}}, maps, 0.3))
        .containsExactly(3, 1, 3, /**/ 3, 3, 3, /**/ 0, 3, 2);
  }

  @Test
  void aBatchWithoutClassesIsBackground() {
    assertThat(labels(new int[][] {{}}, new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, 0.3))
        .containsOnly(BACKGROUND);
  }

  /**
   * One map lies high above its own background, the other low: a common τ would be wrong for one.
   */
  @Test
  void everyMapHasItsOwnThreshold() {
    float[] maps = {10, 9, 6, /**/ 0, 0, 0, /**/ 0, 0.1f, 1};

    assertThat(labels(new int[][] {{0, 2}}, maps, new OtsuThreshold())).containsExactly(0, 0, 2);
    assertThat(labels(new int[][] {{0}}, maps, new OtsuThreshold()))
        .containsExactly(0, 0, BACKGROUND);
    assertThat(labels(new int[][] {{0}}, maps, 0.5)).containsExactly(0, 0, 0);
  }

  @Test
  void backgroundShareCountsPixels() {
    RegionLabels regions = regions(new int[][] {{0}});
    NDArray maps = manager.create(new float[] {1, 1, 0, 0, 0, 0, 0, 0, 0}, new Shape(1, 3, 1, 3));

    assertThat((float) regions.backgroundShare(winners(regions, maps, best -> 0.3)))
        .isEqualTo(1 / 3f);
  }

  private RegionLabels regions(int[][] present) {
    return new RegionLabels(manager, FakeBatch.of(manager, present, 3, 1, 3));
  }

  private static NDArray winners(RegionLabels regions, NDArray maps, RegionThreshold rule) {
    return regions.winners(regions.scores(maps), rule, new OpenBand(0, 0)).winners();
  }

  private long[] labels(int[][] present, float[] maps, double threshold) {
    return labels(present, maps, best -> threshold);
  }

  private long[] labels(int[][] present, float[] maps, RegionThreshold rule) {
    RegionLabels regions = regions(present);
    NDArray array = manager.create(maps, new Shape(present.length, 3, 1, 3));
    return regions
        .labels(winners(regions, array, rule), new long[] {0, 1, 2, BACKGROUND})
        .toLongArray();
  }
}
