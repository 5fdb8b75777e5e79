package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.OwnLayers;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.rcm.PixelToPrototypeEquations.Outputs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PixelToPrototypeTest {
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
  void bothNetworksLookAtBothViewsOneByOne() {
    assertThat(module(0.3, 1, 1, 0).needs())
        .isEqualTo(new Needs(List.of(0.3, 1.0), List.of(0.3, 1.0), Needs.Coupling.INDEPENDENT));
  }

  // Both views have two cells. The teacher's features are (1, 0) and (0, 1); it sees the class in
  // one of them, so that prototypes are these two. The student's are (3, 0) and (1, 1), with T = 1:
  // logits (1, 0), and ½√2 twice, whatever the label.

  @Test
  void agreeingViewsByHand() {
    double loss = loss(module(0.5, 1, 1, 1), 2, 0, 2, 0);

    double each = (Math.log(1 + Math.exp(-1)) + Math.log(2)) / 2;
    assertThat(loss).isCloseTo(3 * each, within(1e-6));
    assertThat(step.logged())
        .containsEntry("background", 0.5)
        .containsEntry("prototypes", 2.0)
        .containsEntry("agreement", 1.0);
  }

  // At scale ½ the teacher sees the class in the other cell: prototypes change places there.

  @Test
  void crossPrototypeByHand() {
    // Scale 1's pixel is of the class, whose prototype of the other view is (0, 1): logit 0 against
    // 1. Scale ½'s first pixel is background, whose prototype of scale 1 is (0, 1): the same.
    double loss = loss(module(0.5, 1, 0, 0), 2, 0, 0, 2);

    assertThat(loss).isCloseTo((Math.log(1 + Math.E) + Math.log(2)) / 2, within(1e-6));
    assertThat(step.logged()).containsEntry("agreement", 0.0);
    assertThat(step.shown("labels", 0)).containsExactly(1, 0);
    assertThat(step.shown("labels-at-0.5", 0)).containsExactly(0, 1);
  }

  @Test
  void crossCamByHand() {
    // Scale 1's first pixel is background to the other view, and background's own prototype is
    // (0, 1).
    double loss = loss(module(0.5, 0, 1, 0), 2, 0, 0, 2);

    assertThat(loss).isCloseTo((Math.log(1 + Math.E) + Math.log(2)) / 2, within(1e-6));
  }

  @Test
  void intraViewByHand() {
    // Every view agrees with itself.
    double loss = loss(module(0.5, 0, 0, 1), 2, 0, 0, 2);

    assertThat(loss).isCloseTo((Math.log(1 + Math.exp(-1)) + Math.log(2)) / 2, within(1e-6));
  }

  @Test
  void pixelsWhoseClassHasNoPrototypeDoNotCount() {
    // At scale ½ nothing but background is seen. Scale 1's first pixel has no prototype to
    // resemble there, and the second is one among one; scale ½'s are background against scale 1's
    // two prototypes: logits (1, 0) and ½√2 twice.
    double loss = loss(module(0.5, 1, 0, 0), 2, 0, -1, -1);

    assertThat(loss).isCloseTo((Math.log(1 + Math.E) + Math.log(2)) / 2 / 2, within(1e-6));
    assertThat(step.logged())
        .containsEntry("background", 0.75)
        .containsEntry("prototypes", 1.5)
        .containsEntry("agreement", 0.5);
  }

  private double loss(
      PixelToPrototype module, float large0, float large1, float small0, float small1) {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    NDArray seen = array(new float[] {1, 0, 0, 1}, 1, 2, 1, 2);
    NDArray pixels = array(new float[] {3, 1, 0, 1}, 1, 2, 1, 2);
    NDArray large = array(new float[] {large0, large1}, 1, 1, 1, 2);
    NDArray small = array(new float[] {small0, small1}, 1, 1, 1, 2);
    Map<Double, CamOutput> teacher =
        Map.of(1.0, new CamOutput(seen, large), 0.5, new CamOutput(seen, small));
    Map<Double, CamOutput> student =
        Map.of(1.0, new CamOutput(pixels, large), 0.5, new CamOutput(pixels, small));
    var targets = module.derive(new FakeTeacher(teacher), batch, step);
    return module.loss(FakeStudent.whole(batch, student), targets, step).getFloat();
  }

  /** Against the equations in double precision; the gradient against their central differences. */
  @ParameterizedTest
  @CsvSource({"1, 0, 0, 32", "0, 1, 0, 2", "0, 0, 1, 3", "0.5, 2, 1, 4"})
  void equalsTheLiteralEquations(
      double crossPrototype, double crossCam, double intraView, int pixels) {
    PixelToPrototypeConfig config =
        new PixelToPrototypeConfig(0.5, 0.4, pixels, 10, crossPrototype, crossCam, intraView, 0);
    PixelToPrototypeEquations equations =
        new PixelToPrototypeEquations(new int[] {6, 5}, new int[] {3, 2}, config);
    Random random = new Random(pixels);
    Outputs student = drawn(random);
    Outputs teacher = drawn(random);
    Batch batch = FakeBatch.of(manager, new int[][] {{0, 1, 2}, {0, 1, 2}}, 3, 48, 40);
    PixelToPrototype module = new PixelToPrototype(config);
    Map<Double, CamOutput> live = outputs(student);
    live.values().forEach(output -> output.features().setRequiresGradient(true));

    var targets = module.derive(new FakeTeacher(outputs(teacher)), batch, step);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = module.loss(FakeStudent.whole(batch, live), targets, step);
      collector.backward(loss);
      double expected = equations.loss(student, teacher);
      assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-5 * expected));
    }

    assertGradient(equations, student, teacher, student.features1(), at(live, 1));
    assertGradient(equations, student, teacher, student.features2(), at(live, 0.5));
  }

  @Test
  void aProjectionStandsBeforePixelsAndPrototypes() {
    PixelToPrototype projected =
        new PixelToPrototype(new PixelToPrototypeConfig(0.5, 0.4, 4, 10, 1, 1, 1, 7));
    PixelToPrototype plain =
        new PixelToPrototype(new PixelToPrototypeConfig(0.5, 0.4, 4, 10, 1, 1, 1, 0));
    OwnLayers layers = projected.layers().orElseThrow();
    layers.initialise(manager, new Shape(1, 5, 4, 4), 1);
    Batch batch = FakeBatch.of(manager, new int[][] {{0, 1, 2}, {0, 1, 2}}, 3, 48, 40);
    Random random = new Random(1);
    Map<Double, CamOutput> student = outputs(drawn(random));
    Map<Double, CamOutput> teacher = outputs(drawn(random));

    float actual = loss(projected, batch, student, teacher);

    assertThat(plain.layers()).isEmpty();
    assertThat(actual)
        .isNotCloseTo(loss(plain, batch, student, teacher), within(0.01f))
        .isCloseTo(
            loss(plain, batch, through(layers, student), through(layers, teacher)), within(1e-5f));
  }

  private float loss(
      PixelToPrototype module,
      Batch batch,
      Map<Double, CamOutput> student,
      Map<Double, CamOutput> teacher) {
    var targets = module.derive(new FakeTeacher(teacher), batch, step);
    return module.loss(FakeStudent.whole(batch, student), targets, step).getFloat();
  }

  private static Map<Double, CamOutput> through(OwnLayers layers, Map<Double, CamOutput> outputs) {
    Map<Double, CamOutput> projected = new TreeMap<>();
    outputs.forEach(
        (scale, output) ->
            projected.put(scale, new CamOutput(layers.evaluate(output.features()), output.maps())));
    return projected;
  }

  private static NDArray at(Map<Double, CamOutput> outputs, double scale) {
    return outputs.get(scale).features().getGradient();
  }

  private static void assertGradient(
      PixelToPrototypeEquations equations,
      Outputs student,
      Outputs teacher,
      double[][][] of,
      NDArray actual) {
    float[] gradient = actual.toFloatArray();
    double h = 1e-6;
    int at = 0;
    for (double[][] image : of) {
      for (double[] channel : image) {
        for (int p = 0; p < channel.length; p++) {
          double value = channel[p];
          channel[p] = value + h;
          double ahead = equations.loss(student, teacher);
          channel[p] = value - h;
          double behind = equations.loss(student, teacher);
          channel[p] = value;
          assertThat((double) gradient[at++])
              .as("%s", at)
              .isCloseTo((ahead - behind) / (2 * h), within(2e-5));
        }
      }
    }
  }

  private static PixelToPrototype module(
      double viewScale, double crossPrototype, double crossCam, double intraView) {
    return new PixelToPrototype(
        new PixelToPrototypeConfig(viewScale, 0.2, 32, 1, crossPrototype, crossCam, intraView, 0));
  }

  private NDArray array(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private Map<Double, CamOutput> outputs(Outputs outputs) {
    Map<Double, CamOutput> byScale = new TreeMap<>();
    byScale.put(1.0, new CamOutput(array(outputs.features1(), 6, 5), array(outputs.maps1(), 6, 5)));
    byScale.put(0.5, new CamOutput(array(outputs.features2(), 3, 2), array(outputs.maps2(), 3, 2)));
    return byScale;
  }

  private NDArray array(double[][][] values, int height, int width) {
    float[] flat = new float[values.length * values[0].length * height * width];
    int at = 0;
    for (double[][] image : values) {
      for (double[] channel : image) {
        for (double value : channel) {
          flat[at++] = (float) value;
        }
      }
    }
    return array(flat, values.length, values[0].length, height, width);
  }

  /** Two pictures, five channels, three classes. */
  private static Outputs drawn(Random random) {
    return new Outputs(
        drawn(random, 5, 30, 0.125),
        drawn(random, 3, 30, -9),
        drawn(random, 5, 6, 0.125),
        drawn(random, 3, 6, -9));
  }

  /** Standard normal numbers that floats hold exactly, none below {@code least}. */
  private static double[][][] drawn(Random random, int channels, int cells, double least) {
    double[][][] values = new double[2][channels][cells];
    for (double[][] image : values) {
      for (double[] channel : image) {
        for (int p = 0; p < cells; p++) {
          channel[p] = Math.max(least, (float) random.nextGaussian());
        }
      }
    }
    return values;
  }
}
