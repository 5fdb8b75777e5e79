package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.wsss.api.testing.FakeBatch;
import org.junit.jupiter.api.Test;

/** Two pictures of four cells, three classes: the first shows 0 and 2, the second 2. */
final class MapSharesTest {
  private static final int BACKGROUND = 3;
  private static final float[] MAPS = {
    8, 4, 1, 0, // picture 0, class 0: shares 1, ½, ⅛, 0
    0, 3, 6, 0, // picture 0, class 2: shares 0, ½, 1, 0
    2, 1, 0, 2 // picture 1, class 2: shares 1, ½, 0, 1
  };

  private static MapShares shares(int[][] labels, float... maps) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return MapShares.of(FakeBatch.of(manager, labels, 3, 2, 2), 4, maps);
    }
  }

  private static MapShares shares() {
    return shares(new int[][] {{0, 2}, {2}}, MAPS);
  }

  @Test
  void theLargestShareThatReachesTheThresholdLabels() {
    // Of equal shares, cell 1, the first class wins.
    assertThat(shares().labels(0.2, BACKGROUND)).containsExactly(0, 0, 2, 3, 2, 2, 3, 2);
    assertThat(shares().labels(0.6, BACKGROUND)).containsExactly(0, 3, 2, 3, 2, 3, 3, 2);
  }

  @Test
  void theLargestPixelsOfTheBatchMakeAPrototype() {
    MapShares shares = shares();

    float[] weights = shares.weights(shares.labels(0.6, BACKGROUND), 2, BACKGROUND);

    // Of class 2's shares of nearly 1, those of the larger maxima, 6 and 2, the first of equals.
    float[] expected = {
      1, .5f, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, .5f, 0, 1, //
      0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, .5f, 1, 0
    };
    assertThat(weights).containsExactly(expected, within(1e-5f));
  }

  @Test
  void fewerPixelsThanAskedForAllCount() {
    MapShares shares = shares();

    float[] weights = shares.weights(shares.labels(0.2, BACKGROUND), 99, BACKGROUND);

    float[] expected = {
      1, .5f, .125f, 0, 0, 0, 0, 0, 0, .5f, 1, 0, 0, 0, 0, 1, //
      0, 0, 0, 0, 0, 0, 0, 0, 1, .5f, 0, 1, 0, 0, 1, 0
    };
    assertThat(weights).containsExactly(expected, within(1e-5f));
  }

  @Test
  void aPictureWithoutClassesIsBackground() {
    MapShares shares = shares(new int[][] {{}, {1}}, 0, 0, 0, 5);

    int[] labels = shares.labels(0.2, BACKGROUND);

    assertThat(labels).containsExactly(3, 3, 3, 3, 3, 3, 3, 1);
    assertThat(shares.weights(labels, 2, BACKGROUND))
        .containsExactly(
            new float[] {
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, //
              0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0
            },
            within(1e-5f));
  }
}
