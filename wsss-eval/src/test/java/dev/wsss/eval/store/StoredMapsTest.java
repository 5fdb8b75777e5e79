package dev.wsss.eval.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wsss.api.data.Example;
import dev.wsss.eval.cam.PictureMaps;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoredMapsTest {

  private static PictureMaps maps(int width, int height, float... scores) {
    int[] present = new int[scores.length / (width * height)];
    BitSet labels = new BitSet();
    for (int j = 0; j < present.length; j++) {
      present[j] = 2 * j;
      labels.set(2 * j);
    }
    return new PictureMaps(new Example("a", labels), new float[5], width, height, present, scores);
  }

  @Test
  void aScoreIsTheMiddleOfItsLevelAndZeroAndOneStay() {
    StoredMaps stored = StoredMaps.of(maps(3, 2, 0, 0.0049f, 0.0051f, 0.5f, 0.9999f, 1), 1);

    assertThat(stored.levels()).containsExactly(0, 0, 1, 100, (byte) 199, (byte) 200);
    assertThat(stored.maps().scores())
        .containsExactly(0, 0, 1.5f / 200, 100.5f / 200, 199.5f / 200, 1);
  }

  /** Those of a sweep in steps of 1/100 and twice as fine, with scores on both sides of each. */
  @Test
  void aCellReachesAThresholdIfItDidBefore() {
    float[] scores = new float[3 * 201];
    for (int t = 0; t <= 200; t++) {
      float at = t / 200f;
      scores[3 * t] = Math.max(0, Math.nextDown(at));
      scores[3 * t + 1] = at;
      scores[3 * t + 2] = Math.min(1, Math.nextUp(at));
    }
    PictureMaps before = maps(scores.length, 1, scores);
    StoredMaps stored = StoredMaps.of(before, 1);

    for (int t = 1; t <= 200; t++) {
      double threshold = t / 200.0;
      float[] after = stored.maps().scores();
      for (int i = 0; i < scores.length; i++) {
        assertThat(after[i] >= threshold)
            .as("score %s at threshold %s", scores[i], threshold)
            .isEqualTo(scores[i] >= threshold);
      }
    }
  }

  @Test
  void masksOfFullSizeAreTheSameWhereOneClassIsPresent() {
    PictureMaps before = SomeMaps.picture("a", 1);
    StoredMaps stored = StoredMaps.of(before, 1);

    for (int t = 1; t <= 100; t++) {
      assertThat(stored.mask(t / 100.0).indices())
          .isEqualTo(before.winners().mask(t / 100.0).indices());
    }
  }

  @Test
  void aGridThatCoversALittleMoreIsCutToThePicture() {
    PictureMaps cells = maps(2, 1, 0, 0.8f);
    StoredMaps stored = StoredMaps.of(cells, new MapGrid(7, 3, 8, 4, 2, 1));

    assertThat(stored.scores().width()).isEqualTo(7);
    assertThat(stored.scores().height()).isEqualTo(3);
    // Half-pixel centres: pixels 0 and 1 lie at or left of the first cell's centre; then eighths.
    float step = 160.5f / 200 / 4;
    float[] row = Arrays.copyOf(stored.scores().score(), 7);
    float[] expected = {0, 0, step / 2, 1.5f * step, 2.5f * step, 3.5f * step, 4 * step};
    for (int x = 0; x < 7; x++) {
      assertThat(row[x]).isCloseTo(expected[x], org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void aPictureWithoutAClassIsBackground() {
    StoredMaps stored = SomeMaps.stored("a");

    assertThat(stored.levels()).isEmpty();
    assertThat(stored.mask(0).indices()).containsOnly(0);
  }

  @Test
  void levelsComeBackFromTheirBytes() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int maps = random.nextInt(4);
      int rows = 1 + random.nextInt(9);
      int columns = 1 + random.nextInt(9);
      byte[] levels = new byte[maps * rows * columns];
      random.nextBytes(levels);

      byte[] packed = MapCodec.pack(levels, rows, columns);

      assertThat(MapCodec.unpack(packed, maps, rows, columns)).isEqualTo(levels);
    }
  }

  /** No map of a network is as rough: each point of its grid, of 8 pixels, is drawn by itself. */
  @Test
  void aRoughMapTakesATwentiethOfItsFloats() {
    int width = 368;
    int height = 272;
    Random random = new Random(1);
    float[] grid = new float[width / 8 * (height / 8)];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextFloat();
    }
    float[] scores = new float[width * height];
    maps(width / 8, height / 8, grid)
        .rows(
            width,
            height,
            height,
            (y, lines) -> System.arraycopy(lines[0], 0, scores, y * width, width));
    StoredMaps stored = StoredMaps.of(maps(width, height, scores), MapGrid.CELL);

    byte[] packed = MapCodec.pack(stored.levels(), stored.grid().rows(), stored.grid().columns());

    assertThat(packed.length * 20).isLessThan(scores.length * Float.BYTES);
  }

  @Test
  void whatIsNoScoreIsNamed() {
    for (float bad : new float[] {Float.NaN, -0.1f, 1.5f}) {
      assertThatThrownBy(() -> StoredMaps.of(maps(1, 1, bad), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("picture 'a': score " + bad + "; allowed are 0…1. Did the network diverge?");
    }
  }

  @Test
  void whatIsNoProbabilityIsNamed() {
    PictureMaps maps = SomeMaps.picture("a", 1);
    for (float bad : new float[] {Float.NaN, -0.1f, 1.5f}) {
      maps.probabilities()[2] = bad;
      assertThatThrownBy(() -> StoredMaps.of(maps, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "picture 'a': probability " + bad + "; allowed are 0…1. Did the network diverge?");
    }
  }
}
