package dev.wsss.eval.refine.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {

  private static float[] random(int count, double upTo, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (upTo * random.nextDouble());
    }
    return values;
  }

  private static AffinityGrid grid(int channels, int width, int height, double upTo) {
    return new AffinityGrid(
        channels, width, height, random(channels * width * height, upTo, 31 * width + height));
  }

  private static float[] walked(
      AffinityGrid grid, int radius, double beta, int steps, float[] scores, int lanes) {
    float[] planes = scores.clone();
    new Transitions(Neighbours.within(radius), lanes).walk(grid, beta, steps, planes);
    return planes;
  }

  /** The matrix as a table of all pairs of cells, in double precision. */
  private static double[][] dense(AffinityGrid grid, int radius, double beta) {
    int cells = grid.width() * grid.height();
    double[][] matrix = new double[cells][cells];
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        int dx = i % grid.width() - j % grid.width();
        int dy = i / grid.width() - j / grid.width();
        if (dx * dx + dy * dy < radius * radius) {
          double distance = 0;
          for (int c = 0; c < grid.channels(); c++) {
            distance += Math.abs(grid.features()[c * cells + i] - grid.features()[c * cells + j]);
          }
          matrix[i][j] = Math.pow(Math.exp(-distance / grid.channels()), beta);
        }
      }
      double sum = Arrays.stream(matrix[i]).sum();
      for (int j = 0; j < cells; j++) {
        matrix[i][j] /= sum;
      }
    }
    return matrix;
  }

  /** Features 0, ln 2 and 2 ln 2: affinities ½ of neighbours and ¼ of the ends. */
  @Test
  void threeCellsInARowByHand() {
    float ln2 = (float) Math.log(2);
    AffinityGrid grid = new AffinityGrid(1, 3, 1, new float[] {0, ln2, 2 * ln2});

    // Radius 2: rows (1, ½)/1½, (½, 1, ½)/2, (½, 1)/1½.
    float[] near = walked(grid, 2, 1, 1, new float[] {1, 0, 0}, 1);
    assertThat(near[0]).isCloseTo(2f / 3, within(1e-6f));
    assertThat(near[1]).isCloseTo(0.25f, within(1e-6f));
    assertThat(near[2]).isZero();

    // Radius 3 joins the ends too; β = 2 squares: rows (1, ¼, 1/16)/(21/16), (¼, 1, ¼)/1½.
    float[] far = walked(grid, 3, 2, 1, new float[] {1, 0, 0}, 1);
    assertThat(far[0]).isCloseTo(16f / 21, within(1e-6f));
    assertThat(far[1]).isCloseTo(1f / 6, within(1e-6f));
    assertThat(far[2]).isCloseTo(1f / 21, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 5, 8, 1",
    "7, 5, 5, 8, 16",
    "9, 3, 3, 2, 5",
    "2, 11, 5, 1, 64",
    "6, 6, 2, 4, 3"
  })
  void equalsADenseMatrix(int width, int height, int radius, double beta, int steps) {
    AffinityGrid grid = grid(4, width, height, 1);
    int cells = width * height;
    float[] scores = random(3 * cells, 1, 9);
    double[][] matrix = dense(grid, radius, beta);
    double[] expected = new double[3 * cells];
    for (int plane = 0; plane < 3; plane++) {
      double[] at = new double[cells];
      for (int i = 0; i < cells; i++) {
        at[i] = scores[plane * cells + i];
      }
      for (int step = 0; step < steps; step++) {
        double[] next = new double[cells];
        for (int i = 0; i < cells; i++) {
          for (int j = 0; j < cells; j++) {
            next[i] += matrix[i][j] * at[j];
          }
        }
        at = next;
      }
      System.arraycopy(at, 0, expected, plane * cells, cells);
    }

    float[] found = walked(grid, radius, beta, steps, scores, 2);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void constantsStayConstantSinceRowsSumToOne() {
    float[] scores = new float[12 * 9];
    Arrays.fill(scores, 0.7f);
    for (float score : walked(grid(5, 12, 9, 3), 5, 8, 256, scores, 1)) {
      assertThat(score).isCloseTo(0.7f, within(1e-4f));
    }
  }

  @Test
  void scoresStayBetweenTheSmallestAndTheLargest() {
    float[] scores = random(3 * 10 * 8, 1, 5);
    float[] found = walked(grid(2, 10, 8, 0.3), 4, 2, 7, scores, 1);
    for (int plane = 0; plane < 3; plane++) {
      float[] before = Arrays.copyOfRange(scores, plane * 80, (plane + 1) * 80);
      Arrays.sort(before);
      for (int i = plane * 80; i < (plane + 1) * 80; i++) {
        assertThat(found[i]).isBetween(before[0], before[79]);
      }
    }
  }

  /** Two halves whose features are so far apart that e^−β·d is 0 in single precision. */
  @Test
  void whereAffinityIsZeroNothingCrosses() {
    float[] features = new float[10 * 6];
    float[] scores = new float[10 * 6];
    for (int i = 0; i < 60; i++) {
      features[i] = i % 10 < 4 ? 0 : 1000;
      scores[i] = i % 10 < 4 && i / 10 == 2 ? 1 : 0;
    }
    float[] found = walked(new AffinityGrid(1, 10, 6, features), 5, 8, 256, scores, 1);
    for (int i = 0; i < 60; i++) {
      if (i % 10 < 4) {
        assertThat(found[i]).isPositive();
      } else {
        assertThat(found[i]).isZero();
      }
    }
  }

  @Test
  void threadsAndOlderPicturesChangeNoBit() {
    Transitions used = new Transitions(Neighbours.within(5), 3);
    used.walk(grid(2, 40, 31, 1), 8, 3, random(5 * 40 * 31, 1, 1));
    AffinityGrid grid = grid(6, 23, 17, 1);
    float[] scores = random(2 * 23 * 17, 1, 2);
    float[] expected = walked(grid, 5, 8, 32, scores, 1);

    float[] found = scores.clone();
    used.walk(grid, 8, 32, found);
    assertThat(found).containsExactly(expected);
    assertThat(walked(grid, 5, 8, 32, scores, 2)).containsExactly(expected);
  }

  @Test
  void pairsAreThoseOfThePaperOnceEach() {
    Neighbours five = Neighbours.within(5);
    assertThat(five.steps()).hasSize(34);
    Set<Neighbours.Step> both = new HashSet<>(five.steps());
    five.steps().forEach(step -> both.add(new Neighbours.Step(-step.dx(), -step.dy())));
    assertThat(both).hasSize(68).doesNotContain(new Neighbours.Step(0, 0));
    assertThat(both).allMatch(step -> step.dx() * step.dx() + step.dy() * step.dy() < 25);
    assertThatThrownBy(() -> Neighbours.within(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a radius of 1 has no pairs; it is 2 or more");
  }
}
