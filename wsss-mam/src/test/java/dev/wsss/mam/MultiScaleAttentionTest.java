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
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.mam.MamConfig.Attention;
import dev.wsss.mam.MamConfig.Distance;
import dev.wsss.mam.MamConfig.Normalise;
import dev.wsss.mam.MultiScaleAttention.Maps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MultiScaleAttentionTest {
  private static final float[] STUDENT = {3, -1};
  private static final float[] TEACHER = {4, 3};
  private static final List<Double> ONE = List.of(1.0);

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

  // Two pixels, one class, one scale. P(student) = (3, 0), P(teacher) = (4, 3), c = 12/(3·5) = 0.8.

  @Test
  void twoMinusCosineByHand() {
    // w = 1.2, target (4.8, 3.6): (1.8 + 3.6)/2. The first pixel should grow, the second is cut.
    assertLoss(Attention.TWO_MINUS_COSINE, Normalise.NONE, 2.7, -0.5f, 0);
    assertThat(step.logged().get("attention")).isCloseTo(1.2, within(1e-6));
    assertThat(step.logged().get("student-map")).isCloseTo(1.5, within(1e-6));
    assertThat(step.logged().get("target-map")).isCloseTo(4.2, within(1e-6));
  }

  @Test
  void oneMinusCosineByHand() {
    // w = 0.2, target (0.8, 0.6): (2.2 + 0.6)/2.
    assertLoss(Attention.ONE_MINUS_COSINE, Normalise.NONE, 1.4, 0.5f, 0);
  }

  @Test
  void uniformByHand() {
    // Target (4, 3): (1 + 3)/2.
    assertLoss(Attention.UNIFORM, Normalise.NONE, 2, -0.5f, 0);
  }

  @Test
  void smoothL1IsASquareBelowBeta() {
    // The target is (4, 3), β is 2, the mean over two pixels. d = (−1, −3): 1/4 and 3 − 1. The
    // slope is d/β or ±1, and 0 where the map is rectified.
    assertLoss(uniform(Normalise.NONE, Distance.SMOOTH_L1, 2), STUDENT, 2.25 / 2, -0.25f, 0);
    // d = (−1.5, −1): 2.25/4 and 1/4.
    float[] both = {2.5f, 2};
    assertLoss(uniform(Normalise.NONE, Distance.SMOOTH_L1, 2), both, 0.8125 / 2, -0.375f, -0.25f);
    // d = (5, 0): 5 − 1.
    float[] above = {9, 3};
    assertLoss(uniform(Normalise.NONE, Distance.SMOOTH_L1, 2), above, 4 / 2.0, 0.5f, 0);
  }

  @Test
  void roundingDecidesTheSlopeOfL1AndNotOfSmoothL1() {
    float[] nearly = {Math.nextUp(4f), Math.nextDown(3f)};
    assertLoss(uniform(Normalise.NONE, Distance.L1, 1), nearly, 0, 0.5f, -0.5f);
    assertLoss(uniform(Normalise.NONE, Distance.SMOOTH_L1, 1), nearly, 0, 0, 0);
  }

  @Test
  void throughTheMaximumThePeakCarriesThePullOfAllOthers() {
    // (1, 0.25) and (1, 0.75), slopes g = (0, −1/2) by the quotients, M = 4. The second pixel is to
    // rise by g/M; the peak is to sink by −g·0.25/M, or by nothing where M is a constant.
    float[] narrow = {4, 1};
    assertLoss(uniform(Normalise.MAX, Distance.L1, 1), narrow, 0.25, 0.03125f, -0.125f);
    assertLoss(uniform(Normalise.CONSTANT_MAX, Distance.L1, 1), narrow, 0.25, 0, -0.125f);
  }

  @Test
  void aConstantPeakMovesByItsOwnDistance() {
    // (0.5, 1) and (1, 0.75), g = (−1/2, 1/2), M = 2: the peak by 1/2 and, through the maximum, by
    // −(−1/2·0.5 + 1/2·1) = −1/4 more, both over M, so that the map keeps its size.
    float[] elsewhere = {1, 2};
    assertLoss(uniform(Normalise.CONSTANT_MAX, Distance.L1, 1), elsewhere, 0.375, -0.25f, 0.25f);
    assertLoss(uniform(Normalise.MAX, Distance.L1, 1), elsewhere, 0.375, -0.25f, 0.125f);
  }

  @Test
  void theFirstImagesOfTheBatchStandForAll() {
    // Of three images ⌈0.5·3⌉ = 2 learn, and the mean is over these: as if the third were not
    // there.
    Batch three = FakeBatch.of(manager, new int[][] {{0}, {0}, {0}}, 1, 1, 2);
    Batch two = FakeBatch.of(manager, new int[][] {{0}, {0}}, 1, 1, 2);
    float[] students = {3, -1, 2, 2, 50, 60};
    float[] teachers = {4, 3, 1, 5, 7, 8};
    MultiScaleAttention half =
        new MultiScaleAttention(
            new MamConfig(
                ONE, ONE, Attention.TWO_MINUS_COSINE, 0.1, Normalise.NONE, Distance.L1, 1, 0.5));

    assertThat(gradient(half, three, students, teachers))
        .containsExactly(
            Arrays.copyOf(
                gradient(
                    module(Attention.TWO_MINUS_COSINE, Normalise.NONE, 1.0),
                    two,
                    Arrays.copyOf(students, 4),
                    Arrays.copyOf(teachers, 4)),
                6));
    assertThat(step.logged().get("student-map")).isCloseTo((3 + 2 + 2) / 4.0, within(1e-6));
  }

  private float[] gradient(
      MultiScaleAttention mam, Batch batch, float[] students, float[] teachers) {
    long size = batch.size();
    NDArray student = maps(students, size, 1, 1, 2);
    student.setRequiresGradient(true);
    step = new FakeStep(manager, 1);
    Maps supervision = mam.derive(teacher(Map.of(1.0, maps(teachers, size, 1, 1, 2))), batch, step);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(mam.loss(student(batch, Map.of(1.0, student)), supervision, step));
    }
    return student.getGradient().toFloatArray();
  }

  @Test
  void softmaxOverOneScaleIsUniform() {
    assertLoss(Attention.SOFTMAX, Normalise.NONE, 2, -0.5f, 0);
  }

  @Test
  void normalisedMapsCompareShapes() {
    // (1, 0) and (1, 0.75): 0.375. The maximum divides itself, so nothing asks it to change.
    assertLoss(Attention.UNIFORM, Normalise.MAX, 0.375, 0, 0);
  }

  private void assertLoss(
      Attention attention, Normalise normalise, double loss, float... gradient) {
    assertLoss(module(attention, normalise, 1.0), STUDENT, loss, gradient);
  }

  private void assertLoss(MultiScaleAttention mam, float[] values, double loss, float... gradient) {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    NDArray student = maps(values, 1, 1, 1, 2);
    student.setRequiresGradient(true);

    Maps supervision = mam.derive(teacher(Map.of(1.0, maps(TEACHER, 1, 1, 1, 2))), batch, step);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray actual = mam.loss(student(batch, Map.of(1.0, student)), supervision, step);
      collector.backward(actual);
      assertThat((double) actual.getFloat()).isCloseTo(loss, within(2e-6));
    }

    assertThat(student.getGradient().toFloatArray()).containsExactly(gradient, within(2e-6f));
  }

  @Test
  void softmaxWeighsScalesThatDifferMoreAndKeepsTheMean() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    MultiScaleAttention mam = module(Attention.SOFTMAX, Normalise.NONE, 1.0, 2.0);
    NDArray other = maps(new float[] {5, 0}, 1, 1, 1, 2);
    Maps supervision =
        mam.derive(teacher(Map.of(1.0, maps(TEACHER, 1, 1, 1, 2), 2.0, other)), batch, step);

    var target =
        mam.target(
            manager.create(new float[] {3, 0}, new Shape(1, 2)),
            supervision.maps(),
            supervision.norms());

    // Cosines 0.8 and 1, divided by 0.1: the first weighs e² times the second.
    float first = (float) (Math.exp(2) / (Math.exp(2) + 1));
    float second = 1 - first;
    assertThat(target.attention().toFloatArray())
        .containsExactly(new float[] {2 * first, 2 * second}, within(1e-5f));
    assertThat(target.maps().toFloatArray())
        .containsExactly(new float[] {4 * first + 5 * second, 3 * first}, within(1e-5f));
  }

  @Test
  void absentClassesCostNothingButCountInTheMean() {
    Batch batch = FakeBatch.of(manager, new int[][] {{1}}, 2, 1, 2);
    MultiScaleAttention mam = module(Attention.UNIFORM, Normalise.NONE, 1.0);
    Maps supervision =
        mam.derive(teacher(Map.of(1.0, maps(new float[] {9, 9, 4, 3}, 1, 2, 1, 2))), batch, step);

    NDArray student = maps(new float[] {70, 70, 3, -1}, 1, 2, 1, 2);
    NDArray loss = mam.loss(student(batch, Map.of(1.0, student)), supervision, step);

    assertThat(loss.getFloat()).isEqualTo((1 + 3) / 4f);
  }

  @Test
  void uniformLossIsZeroWhereStudentEqualsTeacher() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0, 1}, {1}}, 2, 12, 8);
    MultiScaleAttention mam = module(Attention.UNIFORM, Normalise.NONE, 1.0);
    NDArray both = gaussian(1, new Shape(2, 2, 3, 2));
    Maps supervision = mam.derive(teacher(Map.of(1.0, both)), batch, step);

    assertThat(mam.loss(student(batch, Map.of(1.0, both)), supervision, step).getFloat()).isZero();
  }

  @Test
  void cosinesOfZeroMapsAreZero() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    MultiScaleAttention mam = module(Attention.TWO_MINUS_COSINE, Normalise.NONE, 1.0);
    Maps supervision = mam.derive(teacher(Map.of(1.0, maps(TEACHER, 1, 1, 1, 2))), batch, step);

    var target =
        mam.target(manager.zeros(new Shape(1, 2)), supervision.maps(), supervision.norms());

    assertThat(target.attention().toFloatArray()).containsExactly(2);
    assertThat(target.maps().toFloatArray()).containsExactly(8, 6);
  }

  /** With uniform weights the target is a constant, so the loss's slope is the gradient. */
  @Test
  void gradientThroughTheMaximumEqualsFiniteDifferences() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0, 1}, {1}}, 2, 12, 8);
    MultiScaleAttention mam = module(Attention.UNIFORM, Normalise.MAX, 0.5, 1.0, 2.0);
    Map<Double, NDArray> shown = new TreeMap<>();
    for (double scale : List.of(0.5, 1.0, 2.0)) {
      shown.put(scale, gaussian((long) (10 * scale), shape(scale)));
    }
    Maps supervision = mam.derive(teacher(shown), batch, step);
    NDArray maps = gaussian(77, shape(1));
    Map<Double, NDArray> all = new TreeMap<>(shown);
    all.put(1.0, maps);
    maps.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(mam.loss(student(batch, all), supervision, step));
    }
    NDArray gradient = maps.getGradient();
    for (int seed = 3; seed < 8; seed++) {
      NDArray direction = gaussian(seed, shape(1));
      float h = 1e-3f;
      all.put(1.0, maps.stopGradient().add(direction.mul(h)));
      float ahead = mam.loss(student(batch, all), supervision, step).getFloat();
      all.put(1.0, maps.stopGradient().sub(direction.mul(h)));
      float behind = mam.loss(student(batch, all), supervision, step).getFloat();

      float actual = gradient.mul(direction).sum().getFloat();
      assertThat(actual)
          .isCloseTo((ahead - behind) / (2 * h), within(0.03f * gradient.norm().getFloat()));
    }
  }

  private static Shape shape(double scale) {
    return new Shape(2, 2, Math.round(4 * scale), Math.round(4 * scale));
  }

  private static MultiScaleAttention module(
      Attention attention, Normalise normalise, Double... scales) {
    return new MultiScaleAttention(
        new MamConfig(
            List.of(scales), List.of(scales), attention, 0.1, normalise, Distance.L1, 0.1, 1));
  }

  private static MultiScaleAttention uniform(Normalise normalise, Distance distance, double beta) {
    return new MultiScaleAttention(
        new MamConfig(ONE, ONE, Attention.UNIFORM, 0.1, normalise, distance, beta, 1));
  }

  private static FakeTeacher teacher(Map<Double, NDArray> maps) {
    return new FakeTeacher(outputs(maps));
  }

  private static FakeStudent student(Batch batch, Map<Double, NDArray> maps) {
    return FakeStudent.whole(batch, outputs(maps));
  }

  private static Map<Double, CamOutput> outputs(Map<Double, NDArray> maps) {
    Map<Double, CamOutput> outputs = new TreeMap<>();
    maps.forEach((scale, array) -> outputs.put(scale, new CamOutput(array, array)));
    return outputs;
  }

  private NDArray maps(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  private NDArray gaussian(long seed, Shape shape) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}
