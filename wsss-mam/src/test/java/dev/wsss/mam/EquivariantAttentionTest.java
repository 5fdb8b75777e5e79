package dev.wsss.mam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.mam.EquivariantAttention.NoTeacher;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EquivariantAttentionTest {
  private NDManager manager;
  private FakeStep step;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    step = new FakeStep(manager, 1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void looksTwiceAndAsksNoTeacher() {
    assertThat(module(0.3, 1, 1, 0.2).needs())
        .isEqualTo(new Needs(List.of(0.3, 1.0), List.of(), Needs.Coupling.JOINT));
  }

  // Scale 1: maps (4, 2; −1, 0), shares (1, ½; 0, 0), a cell of 3/8 on the grid of scale ½, whose
  // share is 1.

  @Test
  void equivarianceByHand() {
    NDArray large = array(new float[] {4, 2, -1, 0}, 1, 1, 2, 2);
    NDArray small = array(new float[] {7}, 1, 1, 1, 1);

    float loss = lossAndGradient(module(0.5, 1, 0, 0.2), 1, large, small, large, small);

    assertThat(loss).isCloseTo(0.625f, within(1e-5f));
    // 1 − (a + b)/4a: −1/16 and what the maximum a, a divisor, adds to it, (a + b)/4a² = 3/32.
    assertThat(large.getGradient().toFloatArray())
        .containsExactly(new float[] {0.03125f, -0.0625f, 0, 0}, within(1e-5f));
    assertThat(step.logged().get("difference")).isCloseTo(0.625, within(1e-5));
    assertThat(step.logged().get("share")).isCloseTo(0.375, within(1e-5));
    assertThat(step.logged()).doesNotContainKey("correlation");
  }

  // Scale 1: shares (1, ½, 0, 0), on the grid of scale ½ (¾, 0). The first two cells are alike, and
  // the last two: spread, class (¾, ¾, 0, 0) and background (¼, ¼, 1, 1); its shares (1, 1, 0, 0)
  // and (¼, ¼, 1, 1), on the small grid (1, 0) and (¼, 1), where scale ½ has (1, 0) and (0, 1): the
  // errors of the two pixels are ¼/2 and 0. Scale ½'s own cells are not alike: it says (1, 0) and
  // (0, 1), where scale 1 has (¾, 0) and (¼, 1): ½/2 and 0.

  @ParameterizedTest
  @CsvSource({"0.5, 0.375", "1, 0.1875"})
  void correlationByHand(double hardestShare, float expected) {
    NDArray large = array(new float[] {4, 2, 0, 0}, 1, 1, 1, 4);
    NDArray small = array(new float[] {8, 0}, 1, 1, 1, 2);
    NDArray features = array(new float[] {1, 2, 0, 0, 0, 0, 3, 1}, 1, 2, 1, 4);
    NDArray feature = array(new float[] {1, 0, 0, 1}, 1, 2, 1, 2);

    float loss =
        lossAndGradient(module(0.5, 0, 1, hardestShare), 1, features, feature, large, small);

    assertThat(loss).isCloseTo(expected, within(2e-5f));
    assertThat(step.logged().get("correlation")).isCloseTo(expected, within(2e-5));
  }

  @Test
  void absentClassesCountInTheMeanAlone() {
    NDArray large = array(new float[] {4, 2, -1, 0, 9, 9, 9, 9}, 1, 2, 2, 2);
    NDArray small = array(new float[] {7, 9}, 1, 2, 1, 1);

    float loss = lossAndGradient(module(0.5, 1, 0, 0.2), 2, large, small, large, small);

    assertThat(loss).isCloseTo(0.3125f, within(1e-5f));
    assertThat(step.logged().get("difference")).isCloseTo(0.625, within(1e-5));
  }

  /** Against the equations in double precision; the gradient against their central differences. */
  @ParameterizedTest
  @CsvSource({"1, 0, 1", "0, 1, 0.2", "0, 1, 1", "1, 2, 0.4"})
  void equalsTheLiteralEquations(double equivariance, double correlation, double share) {
    int classes = 3;
    int channels = 5;
    SeamConfig config = new SeamConfig(0.5, equivariance, correlation, share);
    SeamEquations equations =
        new SeamEquations(classes, channels, new int[] {6, 5}, new int[] {3, 2}, config);
    Random random = new Random(7);
    SeamEquations.Outputs outputs =
        new SeamEquations.Outputs(
            drawn(random, channels, 30, 0),
            drawn(random, classes, 30, -9),
            drawn(random, channels, 6, 0),
            drawn(random, classes, 6, -9));
    NDArray features1 = array(outputs.features1(), 6, 5);
    NDArray maps1 = array(outputs.maps1(), 6, 5);
    NDArray features2 = array(outputs.features2(), 3, 2);
    NDArray maps2 = array(outputs.maps2(), 3, 2);

    float loss =
        lossAndGradient(
            new EquivariantAttention(config), classes, features1, features2, maps1, maps2);

    assertThat((double) loss).isCloseTo(equations.loss(outputs, outputs), within(2e-6));
    if (equivariance > 0) {
      assertGradient(equations, outputs, outputs.maps1(), maps1);
      assertGradient(equations, outputs, outputs.maps2(), maps2);
    }
    if (correlation > 0) {
      assertGradient(equations, outputs, outputs.features1(), features1);
      assertGradient(equations, outputs, outputs.features2(), features2);
    }
  }

  /** Changes one number of the live outputs at a time, and never the targets'. */
  private static void assertGradient(
      SeamEquations equations, SeamEquations.Outputs outputs, double[][] of, NDArray actual) {
    SeamEquations.Outputs frozen =
        new SeamEquations.Outputs(
            copy(outputs.features1()),
            copy(outputs.maps1()),
            copy(outputs.features2()),
            copy(outputs.maps2()));
    float[] gradient = actual.getGradient().toFloatArray();
    double h = 1e-6;
    int at = 0;
    for (double[] row : of) {
      for (int p = 0; p < row.length; p++) {
        double value = row[p];
        row[p] = value + h;
        double ahead = equations.loss(outputs, frozen);
        row[p] = value - h;
        double behind = equations.loss(outputs, frozen);
        row[p] = value;
        // A rectified 0 has a slope on one side only; the gradient there is 0.
        double expected = value == 0 ? 0 : (ahead - behind) / (2 * h);
        assertThat((double) gradient[at++]).as("%s", at).isCloseTo(expected, within(2e-5));
      }
    }
  }

  /** Loss of one picture that shows class 0, or all of three; gradients stay with the arrays. */
  private float lossAndGradient(
      EquivariantAttention module,
      int classes,
      NDArray features1,
      NDArray features2,
      NDArray maps1,
      NDArray maps2) {
    int[] labels = classes == 3 ? new int[] {0, 1, 2} : new int[] {0};
    Batch batch = FakeBatch.of(manager, new int[][] {labels}, classes, 8, 8);
    for (NDArray array : List.of(features1, features2, maps1, maps2)) {
      array.setRequiresGradient(true);
    }
    Map<Double, CamOutput> outputs = new TreeMap<>();
    outputs.put(1.0, new CamOutput(features1, maps1));
    outputs.put(0.5, new CamOutput(features2, maps2));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = module.loss(FakeStudent.whole(batch, outputs), new NoTeacher(), step);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private static EquivariantAttention module(
      double scale, double equivariance, double correlation, double share) {
    return new EquivariantAttention(new SeamConfig(scale, equivariance, correlation, share));
  }

  private NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private NDArray array(double[][] rows, int height, int width) {
    float[] values = new float[rows.length * height * width];
    for (int k = 0; k < rows.length; k++) {
      for (int p = 0; p < height * width; p++) {
        values[k * height * width + p] = (float) rows[k][p];
      }
    }
    return array(values, 1, rows.length, height, width);
  }

  /** Standard normal numbers that floats hold exactly, none below {@code least}. */
  private static double[][] drawn(Random random, int rows, int columns, double least) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int p = 0; p < columns; p++) {
        row[p] = Math.max(least, (float) random.nextGaussian());
      }
    }
    return values;
  }

  private static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int k = 0; k < rows.length; k++) {
      copy[k] = rows[k].clone();
    }
    return copy;
  }
}
