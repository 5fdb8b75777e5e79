package dev.wsss.rcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.IndexMask;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.OwnLayers;
import dev.wsss.api.supervision.Batch;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.testing.FakeStep;
import dev.wsss.api.testing.FakeStudent;
import dev.wsss.api.testing.FakeTeacher;
import dev.wsss.rcm.RcmConfig.EmptyMaps;
import dev.wsss.rcm.RcmConfig.PrototypePooling;
import dev.wsss.rcm.RcmConfig.ThresholdRule;
import dev.wsss.rcm.RegionalContrast.Regions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegionalContrastTest {
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

  /** One picture of 1×2 pixels, one class, two channels; the grid is as large as the picture. */
  @Test
  void twoPixelsByHand() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    RegionalContrast rcm = module(PrototypePooling.BATCH, batch);
    // Shares 1 and 0.25: the first pixel is the class, the second background.
    // Prototypes: (3, 4)/5 of the class and (0, 2)/2 of the background.
    CamOutput teacher = output(new float[] {4, 1}, 1, new float[] {3, 0, /**/ 4, 2}, 1, 2);
    Regions regions = rcm.derive(new FakeTeacher(Map.of(1.0, teacher)), batch, step);

    // Student (1, 0) and (0, 5), so q = (1, 0) and (0, 1); z = 2·(0.6, 0) and 2·(0.8, 1).
    CamOutput student = output(new float[2], 1, new float[] {1, 0, /**/ 0, 5}, 1, 2);
    NDArray loss = rcm.loss(FakeStudent.whole(batch, Map.of(1.0, student)), regions, step);

    double first = Math.log(Math.exp(1.2) + Math.exp(0)) - 1.2;
    double second = Math.log(Math.exp(1.6) + Math.exp(2)) - 2;
    assertThat((double) loss.getFloat()).isCloseTo((first + second) / 2, within(1e-6));
    assertThat(step.logged()).containsEntry("background", 0.5).containsEntry("prototypes", 2.0);
  }

  /** The picture of two pixels again, seen through W = (2, 0; 1, 1; 0, −1). */
  @Test
  void aProjectionOfItsOwnByHand() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 2);
    RegionalContrast rcm =
        module(
            new RcmConfig(
                0.3,
                ThresholdRule.FIXED,
                0.75,
                List.of(0.0, 0.0),
                2.0,
                PrototypePooling.BATCH,
                8,
                EmptyMaps.BACKGROUND,
                List.of(1.0),
                3),
            batch);
    OwnLayers layers = rcm.layers().orElseThrow();
    layers.initialise(manager, new Shape(1, 2, 4, 4), 1);
    NDArray weight = Objects.requireNonNull(layers.parameters().get("weight")).getArray();
    FusedUpdates.copy(
        new NDList(weight),
        new NDList(manager.create(new float[] {2, 0, /**/ 1, 1, /**/ 0, -1}, new Shape(3, 2))));
    CamOutput teacher = output(new float[] {4, 1}, 1, new float[] {3, 0, /**/ 4, 2}, 1, 2);
    Regions regions = rcm.derive(new FakeTeacher(Map.of(1.0, teacher)), batch, step);

    CamOutput student = output(new float[2], 1, new float[] {1, 0, /**/ 0, 5}, 1, 2);
    NDArray loss;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      loss = rcm.loss(FakeStudent.whole(batch, Map.of(1.0, student)), regions, step);
      collector.backward(loss);
    }

    // Prototypes W·(3, 4) = (6, 7, −4) and W·(0, 2) = (0, 2, −2), of unit length; student W·(1, 0)
    // = (2, 1, 0) and W·(0, 5) = (0, 5, −5).
    double ofClass = Math.sqrt(36 + 49 + 16);
    double first = 2 * (6 * 2 + 7) / ofClass / Math.sqrt(5);
    double firstOther = 2 / Math.sqrt(2) / Math.sqrt(5);
    double second = 2 * (7 + 4) / ofClass / Math.sqrt(2);
    double expected =
        Math.log(Math.exp(first) + Math.exp(firstOther))
            - first
            + Math.log(Math.exp(second) + Math.exp(2))
            - 2;
    assertThat((double) loss.getFloat()).isCloseTo(expected / 2, within(1e-6));
    // Cosines do not know the length of W, so its gradient is at right angles to it.
    assertThat((double) weight.mul(weight.getGradient()).sum().getFloat())
        .isCloseTo(0, within(1e-6));
    assertThat(weight.getGradient().abs().max().getFloat()).isGreaterThan(1e-3f);
  }

  /** Classes that nobody else shows have logit 0 and still count in the softmax. */
  @Test
  void leaveOneOutByHand() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}, {1}}, 4, 1, 1);
    RegionalContrast rcm = module(PrototypePooling.LEAVE_ONE_OUT, batch);
    // One pixel a picture, all of it the picture's class; prototypes (1, 0) and (0, 1).
    float[] maps = {7, 0, 0, 0, /**/ 0, 7, 0, 0};
    CamOutput teacher = output(maps, 4, new float[] {3, 0, /**/ 0, 2}, 2, 1);
    Regions regions = rcm.derive(new FakeTeacher(Map.of(1.0, teacher)), batch, step);

    CamOutput student = output(maps, 4, new float[] {3, 4, /**/ 1, 0}, 2, 1);
    NDArray loss = rcm.loss(FakeStudent.whole(batch, Map.of(1.0, student)), regions, step);

    // Image 0 (0.6, 0.8) sees prototype (0, 1) of class 1 and none of its own class 0: z₁ = 1.6.
    // Image 1 (1, 0) sees (1, 0) of class 0 and none of its own: z₀ = 2. Four other logits are 0.
    double first = Math.log(Math.exp(1.6) + 4);
    double second = Math.log(Math.exp(2) + 4);
    assertThat((double) loss.getFloat()).isCloseTo((first + second) / 2, within(1e-6));
    assertThat(regions.classes()).containsExactly(0, 1, 2);
    assertThat(regions.moreZeros()).isEqualTo(2);
  }

  /** The second of two pictures shows a class whose map is nowhere positive. */
  @Test
  void aPictureWithAnEmptyMapIsBackgroundOrCountsForNothing() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}, {1}}, 2, 1, 2);
    // Picture 0: class 0 in its first pixel. Prototypes (3, 4)/5 and, of the background, (0, 2)/2.
    CamOutput teacher =
        output(
            new float[] {4, 0, -1, -1, /**/ -1, -1, -3, 0},
            2,
            new float[] {3, 0, 4, 2, /**/ 1, 1, 0, 0},
            2,
            2);
    CamOutput student = output(new float[8], 2, new float[] {1, 0, 0, 5, /**/ 1, 1, 0, 0}, 2, 2);
    FakeTeacher says = new FakeTeacher(Map.of(1.0, teacher));
    FakeStudent learns = FakeStudent.whole(batch, Map.of(1.0, student));

    RegionalContrast ignoring = module(PrototypePooling.BATCH, EmptyMaps.IGNORE, batch);
    Regions regions = ignoring.derive(says, batch, step);
    NDArray loss = ignoring.loss(learns, regions, step);

    // As in twoPixelsByHand, with a class more that has no prototype; four pixels in the mean.
    double first = Math.log(Math.exp(1.2) + 2 * Math.exp(0)) - 1.2;
    double second = Math.log(Math.exp(1.6) + Math.exp(2) + Math.exp(0)) - 2;
    assertThat((double) loss.getFloat()).isCloseTo((first + second) / 4, within(1e-6));
    assertThat(step.logged()).containsEntry("images", 1.0);
    byte open = (byte) IndexMask.IGNORE;
    assertThat(step.shown("labels", 0)).containsExactly(1, 0);
    assertThat(step.shown("labels", 1)).containsExactly(open, open);

    RegionalContrast literal = module(PrototypePooling.BATCH, batch);
    assertThat(literal.derive(says, batch, step).counts().toFloatArray()).containsExactly(1, 1);
    assertThat(step.logged()).containsEntry("background", 0.75 + 0.75);
  }

  /** The second pixel, 0.5 of the maximum, is within 0.3 of τ. */
  @Test
  void aPixelNearTheThresholdCountsNeitherInPrototypesNorInTheLoss() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 3);
    CamOutput teacher = output(new float[] {4, 2, 0}, 1, new float[] {1, 5, 0, /**/ 0, 5, 1}, 1, 3);
    CamOutput student = output(new float[3], 1, new float[] {1, 3, 0, /**/ 0, 1, 1}, 1, 3);
    RegionalContrast rcm =
        module(
            new RcmConfig(
                0.6,
                ThresholdRule.FIXED,
                0.75,
                List.of(0.3, 0.1),
                2.0,
                PrototypePooling.BATCH,
                8,
                EmptyMaps.BACKGROUND,
                List.of(1.0),
                0),
            batch);

    Regions regions = rcm.derive(new FakeTeacher(Map.of(1.0, teacher)), batch, step);
    NDArray loss = rcm.loss(FakeStudent.whole(batch, Map.of(1.0, student)), regions, step);

    // Prototypes (1, 0) and, of the background, (0, 1): without the pixel (5, 5).
    assertThat(regions.prototypes().toFloatArray()).containsExactly(1, 0, 0, 1);
    assertThat(regions.counts().toFloatArray()).containsExactly(1, 0, 1);
    double each = Math.log(Math.exp(2) + 1) - 2;
    assertThat((double) loss.getFloat()).isCloseTo(2 * each / 3, within(1e-6));
    assertThat(step.logged().get("background")).isCloseTo(0.5, within(1e-6));
    assertThat(step.logged().get("ignored")).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(step.logged().get("threshold")).isEqualTo(0.6);
    assertThat(step.shown("labels", 0)).containsExactly(1, (byte) IndexMask.IGNORE, 0);
  }

  /** Over steps, and in another module that takes its state. */
  @Test
  void theThresholdFollowsTheMapsUntilTheShareOfBackgroundIsReached() {
    Batch batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 8);
    float[] features = new float[16];
    Arrays.fill(features, 1);
    CamOutput flat = output(new float[] {8, 7, 6, 5, 4, 3, 2, 1}, 1, features, 1, 8);
    CamOutput peaked = output(new float[] {8, 1, 1, 1, 0, 0, 0, 0}, 1, features, 1, 8);
    RegionalContrast rcm = byShare(batch);

    rcm.derive(new FakeTeacher(Map.of(1.0, flat)), batch, step);
    double first = step.logged().get("threshold");
    assertThat(step.logged()).containsEntry("background", 0.75);
    assertThat(first).isBetween(0.75, 0.876);

    RegionalContrast resumed = byShare(batch);
    resumed.restore(rcm.state());
    FakeStep own = new FakeStep(manager, 1);
    FakeStep other = new FakeStep(manager, 1);
    rcm.derive(new FakeTeacher(Map.of(1.0, peaked)), batch, own);
    resumed.derive(new FakeTeacher(Map.of(1.0, peaked)), batch, other);
    assertThat(own.logged().get("threshold")).as("peaks lower it").isLessThan(first);
    assertThat(other.logged()).isEqualTo(own.logged());

    assertThatThrownBy(() -> resumed.restore(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rcm's thresholds need '");
  }

  @Test
  void memoryKeepsClassesOfEarlierSteps() {
    Batch first = FakeBatch.of(manager, new int[][] {{0}}, 2, 1, 1);
    Batch second = FakeBatch.of(manager, new int[][] {{1}}, 2, 1, 1);
    RegionalContrast rcm = module(PrototypePooling.MEMORY, first);
    CamOutput one = output(new float[] {7, 0}, 2, new float[] {3, 0}, 1, 1);
    CamOutput two = output(new float[] {0, 7}, 2, new float[] {0, 3}, 1, 1);

    rcm.derive(new FakeTeacher(Map.of(1.0, one)), first, step);
    Regions regions = rcm.derive(new FakeTeacher(Map.of(1.0, two)), second, step);

    assertThat(regions.classes()).containsExactly(0, 1, 2);
    assertThat(regions.prototypes().toFloatArray()).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(regions.labels().toLongArray()).containsExactly(1);
  }

  @Test
  void lossDoesNotDependOnTheLengthOfFeatures() {
    Scene scene = new Scene(1);

    float plain = scene.loss(scene.features);
    float longer = scene.loss(scene.features.mul(37f));

    assertThat(longer).isCloseTo(plain, within(1e-5f * plain));
  }

  @Test
  void gradientEqualsFiniteDifferences() {
    Scene scene = new Scene(2);
    scene.features.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(scene.lossOf(scene.features));
    }
    NDArray gradient = scene.features.getGradient();
    NDArray at = scene.features.stopGradient();
    for (int seed = 3; seed < 8; seed++) {
      NDArray direction = gaussian(seed, at.getShape());
      float step = 5e-3f;
      float ahead = scene.loss(at.add(direction.mul(step)));
      float behind = scene.loss(at.sub(direction.mul(step)));

      float expected = (ahead - behind) / (2 * step);
      float actual = gradient.mul(direction).sum().getFloat();
      assertThat(actual).isCloseTo(expected, within(0.02f * gradient.norm().getFloat()));
    }
  }

  /** Two pictures of 12×9 pixels with grids of 4×3. */
  private final class Scene {
    private final Batch batch = FakeBatch.of(manager, new int[][] {{0, 2}, {1, 2}, {0}}, 3, 12, 9);
    private final RegionalContrast rcm = module(PrototypePooling.BATCH, batch);
    private final Regions regions;
    private final NDArray features;

    Scene(long seed) {
      NDArray maps = gaussian(seed, new Shape(3, 3, 4, 3));
      NDArray said = gaussian(seed + 100, new Shape(3, 5, 4, 3));
      features = gaussian(seed + 200, new Shape(3, 5, 4, 3));
      regions = rcm.derive(new FakeTeacher(Map.of(1.0, new CamOutput(said, maps))), batch, step);
    }

    NDArray lossOf(NDArray student) {
      CamOutput output = new CamOutput(student, student);
      return rcm.loss(FakeStudent.whole(batch, Map.of(1.0, output)), regions, step);
    }

    float loss(NDArray student) {
      return lossOf(student).getFloat();
    }
  }

  private RegionalContrast module(PrototypePooling pooling, Batch batch) {
    return module(pooling, EmptyMaps.BACKGROUND, batch);
  }

  private RegionalContrast module(PrototypePooling pooling, EmptyMaps emptyMaps, Batch batch) {
    return module(
        new RcmConfig(
            0.3,
            ThresholdRule.FIXED,
            0.75,
            List.of(0.0, 0.0),
            2.0,
            pooling,
            8,
            emptyMaps,
            List.of(1.0),
            0),
        batch);
  }

  /** τ at which three quarters are background. */
  private RegionalContrast byShare(Batch batch) {
    return module(
        new RcmConfig(
            0.3,
            ThresholdRule.SHARE,
            0.75,
            List.of(0.0, 0.0),
            2.0,
            PrototypePooling.BATCH,
            8,
            EmptyMaps.BACKGROUND,
            List.of(1.0),
            0),
        batch);
  }

  private static RegionalContrast module(RcmConfig config, Batch batch) {
    return new RegionalContrast(
        config, batch.classes(), new TrainingShape(batch.size(), batch.height()));
  }

  /** Outputs of B pictures of one row; values image by image, channel by channel. */
  private CamOutput output(float[] maps, int classes, float[] features, int images, int width) {
    return new CamOutput(
        manager.create(features, new Shape(images, 2, 1, width)),
        manager.create(maps, new Shape(images, classes, 1, width)));
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
