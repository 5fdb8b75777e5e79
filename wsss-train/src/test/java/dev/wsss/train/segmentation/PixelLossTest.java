package dev.wsss.train.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.train.config.SegmentationConfig.Loss;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelLossTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Scores of background and two classes at a single row of four pixels; the last is open. */
  @Test
  void byHand() {
    NDArray scores =
        manager.create(
            new float[] {
              0, 1, 2, 5, //
              0, 3, 0, 5, //
              0, 0, 0, 5
            },
            new Shape(1, 3, 1, 4));
    NDArray labels = labels(0, 1, 2, 255);
    double first = Math.log(3);
    double second = Math.log(Math.exp(1) + Math.exp(3) + 1) - 3;
    double third = Math.log(Math.exp(2) + 2);

    assertThat(loss(Loss.CROSS_ENTROPY, scores, labels).getFloat())
        .isCloseTo((float) ((first + second + third) / 3), within(1e-6f));
    assertThat(loss(Loss.BALANCED, scores, labels).getFloat())
        .isCloseTo((float) (0.5 * first + 0.5 * (second + third) / 2), within(1e-6f));
  }

  /** Half-pixel centres: of two cells over four pixels the outer pixels have a cell's own score. */
  @Test
  void scoresAreEnlargedToThePicture() {
    NDArray scores = manager.create(new float[] {0, 0, 0, 8}, new Shape(1, 2, 1, 2));
    double[] object = {0, 2, 6, 8};
    double expected = 0;
    for (double score : object) {
      expected += Math.log(1 + Math.exp(-score)) / 4;
    }

    assertThat(loss(Loss.CROSS_ENTROPY, scores, labels(1, 1, 1, 1)).getFloat())
        .isCloseTo((float) expected, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void hugeScoresGiveAFiniteLossAndGradient(Loss loss) {
    NDArray scores =
        manager.create(new float[] {1e30f, -1e30f, 0, 1e30f, 0, 0, 0, 0}, new Shape(1, 2, 1, 4));
    scores.setRequiresGradient(true);

    float value = learn(loss, scores, labels(0, 0, 1, 1));

    assertThat(value).isFinite();
    for (float gradient : scores.getGradient().toFloatArray()) {
      assertThat(gradient).isFinite();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutALabelledPixelLossAndGradientAreZero(Loss loss) {
    NDArray scores = noise(new Shape(1, 3, 1, 2), 3);
    scores.setRequiresGradient(true);

    float value = learn(loss, scores, labels(255, 255, 255, 255));

    assertThat(value).isZero();
    assertThat(scores.getGradient().toFloatArray()).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource
  void withoutObjectsOrBackgroundItIsFinite(Loss loss) {
    NDArray scores = noise(new Shape(1, 3, 1, 4), 3);

    assertThat(loss(loss, scores, labels(0, 0, 255, 0)).getFloat()).isFinite().isPositive();
    assertThat(loss(loss, scores, labels(2, 1, 255, 1)).getFloat()).isFinite().isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void theGradientAgreesWithFiniteDifferences(Loss loss) {
    Shape grid = new Shape(2, 3, 3, 4);
    Random random = new Random(9);
    long[] indices = new long[2 * 7 * 9];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = random.nextInt(4) == 3 ? 255 : random.nextInt(3);
    }
    NDArray labels = manager.create(indices, new Shape(2, 7, 9));
    NDArray scores = noise(grid, 4);
    scores.setRequiresGradient(true);
    learn(loss, scores, labels);
    float[] gradient = scores.getGradient().toFloatArray();
    float[] values = scores.toFloatArray();
    float step = 1e-2f;
    for (int i = 0; i < values.length; i++) {
      float[] up = values.clone();
      up[i] += step;
      float[] down = values.clone();
      down[i] -= step;
      double slope =
          (loss(loss, manager.create(up, grid), labels).getFloat()
                  - loss(loss, manager.create(down, grid), labels).getFloat())
              / (2 * step);

      assertThat(slope).isCloseTo(gradient[i], within(2e-5));
    }
  }

  private static NDArray loss(Loss kind, NDArray scores, NDArray labels) {
    return new PixelLoss(kind).of(SegmentationLearner.atSizeOf(labels, scores), labels);
  }

  private static float learn(Loss loss, NDArray scores, NDArray labels) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss(loss, scores, labels);
      collector.backward(value);
      return value.getFloat();
    }
  }

  /** A single row. */
  private NDArray labels(long... indices) {
    return manager.create(indices, new Shape(1, 1, indices.length));
  }

  private NDArray noise(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }
}
