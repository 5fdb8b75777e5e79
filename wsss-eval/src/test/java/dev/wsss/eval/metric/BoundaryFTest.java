package dev.wsss.eval.metric;

import static dev.wsss.eval.metric.DrawnMasks.mask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wsss.api.data.IndexMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class BoundaryFTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  private static BoundaryF of(IndexMask truth, IndexMask predicted) {
    BoundaryF boundary = new BoundaryF(3);
    boundary.add(truth, predicted);
    return boundary;
  }

  /** A square of class 1 in 60×80 pixels, whose diagonal is 100: r is 1. */
  private static IndexMask square(int left) {
    byte[] indices = new byte[60 * 80];
    for (int y = 20; y < 40; y++) {
      for (int x = left; x < left + 20; x++) {
        indices[y * 60 + x] = 1;
      }
    }
    return new IndexMask(60, 80, indices);
  }

  @Test
  void anOutlineThatIsOffByNoMoreThanTheToleranceIsRight() {
    assertThat(of(square(10), square(10)).mean()).isEqualTo(1);
    assertThat(of(square(10), square(11)).mean()).isEqualTo(1);
  }

  @Test
  void whatIsFartherOffIsWrong() {
    // The outline: 21 + 21 pixels of rows and 19 + 19 between, 80 in all. Of a square that is two
    // columns off, the upper and lower row match but for their last pixel, and of one side the two
    // pixels beside these rows.
    double share = (20 + 20 + 2) / 80.0;

    assertThat(of(square(10), square(12)).mean()).isCloseTo(share, EXACT);
    assertThat(of(square(10), square(38)).mean()).isZero();
  }

  @Test
  void aClassThatOneOfTheTwoLacksIsZeroAndOneThatBothLackIsLeftOut() {
    double[] byIndex = of(mask("1100"), mask("0022")).byIndex();

    assertThat(byIndex).containsExactly(Double.NaN, 0, 0, Double.NaN);
  }

  @Test
  void aClassThatFillsThePictureHasNoOutline() {
    assertThat(of(mask("11", "11"), mask("11", "11")).mean()).isEqualTo(1);
    assertThat(of(mask("1100", "1100"), mask("1111", "1111")).mean()).isZero();
  }

  @Test
  void aClassIsTheMeanOverItsPictures() {
    BoundaryF boundary = new BoundaryF(3);
    boundary.add(square(10), square(10));
    boundary.add(square(10), square(38));
    boundary.add(mask("0220"), mask("0220"));

    assertThat(boundary.byIndex()).containsExactly(Double.NaN, 0.5, 1, Double.NaN);
    assertThat(boundary.mean()).isEqualTo(0.75);
  }

  /** The outline lies in what is not counted: nothing speaks against it, and the truth finds it. */
  @Test
  void anOutlineInABandThatIsNotCountedIsNoError() {
    assertThat(of(mask("11x00", "11x00"), mask("11100", "11100")).mean()).isEqualTo(1);
  }

  @Test
  void itIsWhatTheDefinitionSays() {
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      int width = 10 + random.nextInt(300);
      int height = 10 + random.nextInt(120);
      IndexMask truth = DrawnMasks.random(random, width, height);
      IndexMask predicted = DrawnMasks.random(random, width, height);

      double[] byIndex = of(truth, predicted).byIndex();

      for (int index = 1; index <= 3; index++) {
        if (!Double.isNaN(byIndex[index]) && byIndex[index] > 0) {
          assertThat(byIndex[index]).isCloseTo(plain(truth, predicted, index), EXACT);
        }
      }
    }
  }

  private static double plain(IndexMask truth, IndexMask predicted, int index) {
    int r =
        (int)
            Math.ceil(0.008 * Math.sqrt(Math.pow(truth.width(), 2) + Math.pow(truth.height(), 2)));
    List<int[]> wanted = outline(truth, index);
    List<int[]> found = outline(predicted, index);
    List<int[]> counted = new ArrayList<>(found);
    counted.removeIf(p -> truth.at(p[0], p[1]) == IndexMask.IGNORE);
    double precision = share(counted, found.isEmpty() ? found : wanted, r);
    double recall = share(wanted, found, r);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static double share(List<int[]> of, List<int[]> among, int r) {
    long near =
        of.stream()
            .filter(
                p ->
                    among.stream()
                        .anyMatch(
                            q ->
                                (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1])
                                    <= r * r))
            .count();
    return of.isEmpty() ? 1 : near / (double) of.size();
  }

  private static List<int[]> outline(IndexMask mask, int index) {
    List<int[]> outline = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        boolean differs = false;
        for (int dy = 0; dy <= 1 && y + dy < mask.height(); dy++) {
          for (int dx = 0; dx <= 1 && x + dx < mask.width(); dx++) {
            differs |= (mask.at(x, y) == index) != (mask.at(x + dx, y + dy) == index);
          }
        }
        if (differs) {
          outline.add(new int[] {x, y});
        }
      }
    }
    return outline;
  }
}
