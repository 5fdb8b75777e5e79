package dev.wsss.train.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.IndexMask;
import dev.wsss.eval.refine.walk.Neighbours;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AffinityLossTest {
  private static final byte NO = (byte) IndexMask.IGNORE;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Loss and gradient. */
  private record Learned(float loss, float[] gradient) {}

  private static Learned learn(NDArray features, UnaryOperator<NDArray> loss) {
    features.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      // A factor, as that of a micro-batch: the gradient must have it too.
      NDArray value = loss.apply(features.mul(1));
      collector.backward(value.mul(0.5f));
      return new Learned(value.getFloat(), features.getGradient().mul(2).toFloatArray());
    }
  }

  private static Learned learn(NDArray features, int radius, byte... labels) {
    int height = (int) features.getShape().get(2);
    int width = (int) features.getShape().get(3);
    PairTargets targets = PairTargets.of(labels, width, height, Neighbours.within(radius));
    return learn(features, f -> AffinityLoss.of(f, targets));
  }

  private NDArray row(float... values) {
    return manager.create(values, new Shape(1, 1, 1, values.length));
  }

  /** Features 0, ln 2, 2 ln 2: affinities ½, ½ and, of the ends, ¼. */
  @Test
  void threeCellsByHand() {
    float ln2 = (float) Math.log(2);
    Learned near = learn(row(0, ln2, 2 * ln2), 2, (byte) 1, (byte) 1, (byte) 0);
    assertThat(near.loss()).isCloseTo(0.75f * ln2, within(1e-4f));
    assertThat(near.gradient()[0]).isCloseTo(-0.25f, within(1e-4f));
    assertThat(near.gradient()[1]).isCloseTo(0.75f, within(1e-4f));
    assertThat(near.gradient()[2]).isCloseTo(-0.5f, within(1e-4f));

    // The ends are a second negative pair, whose affinity ¼ costs ln 4/3; each counts half.
    Learned far = learn(row(0, ln2, 2 * ln2), 3, (byte) 1, (byte) 1, (byte) 0);
    double negative = (ln2 + Math.log(4 / 3.0)) / 2;
    assertThat(far.loss()).isCloseTo((float) (0.25 * ln2 + 0.5 * negative), within(1e-4f));
    // Slopes a/(1 − a) of the negative pairs: 1 and ⅓.
    assertThat(far.gradient()[0]).isCloseTo(-0.25f + 0.25f / 3, within(1e-4f));
    assertThat(far.gradient()[2]).isCloseTo(-0.25f - 0.25f / 3, within(1e-4f));
  }

  @Test
  void backgroundAndForegroundPairsWeighAQuarterEach() {
    float ln2 = (float) Math.log(2);
    Learned background = learn(row(0, ln2, 0), 2, (byte) 0, (byte) 0, NO);
    Learned foreground = learn(row(0, ln2, 0), 2, (byte) 7, (byte) 7, NO);
    Learned other = learn(row(0, ln2, 0), 2, (byte) 7, (byte) 3, NO);
    assertThat(background.loss()).isCloseTo(0.25f * ln2, within(1e-4f));
    assertThat(foreground.loss()).isCloseTo(0.25f * ln2, within(1e-4f));
    assertThat(other.loss()).isCloseTo(0.5f * ln2, within(1e-4f));
  }

  @Test
  void withoutPairsThereIsNothingToLearnAndNoNaN() {
    Learned none = learn(row(1, 2, 3), 5, NO, (byte) 0, NO);
    assertThat(none.loss()).isZero();
    assertThat(none.gradient()).containsExactly(0, 0, 0);
    Learned one = learn(row(1), 5, (byte) 0);
    assertThat(one.loss()).isZero();
  }

  @Test
  void equalFeaturesOfDifferentLabelsAreFinite() {
    Learned same = learn(row(1, 1), 2, (byte) 0, (byte) 1);
    assertThat(same.loss()).isCloseTo((float) (-0.5 * Math.log(1e-5)), within(0.2f));
    assertThat(same.gradient()).containsExactly(0, 0);
  }

  /** Against the engine's own gradient of the loss written pair by pair in two dimensions. */
  @Test
  void theGradientIsTheEngines() {
    int radius = 3;
    int height = 4;
    int width = 6;
    SplittableRandom random = new SplittableRandom(5);
    byte[] labels = new byte[2 * height * width];
    byte[] kinds = {0, 0, 2, 2, 9, NO};
    float[] values = new float[2 * 3 * height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = kinds[random.nextInt(kinds.length)];
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * random.nextDouble());
    }
    Shape shape = new Shape(2, 3, height, width);
    Learned own = learn(manager.create(values, shape), radius, labels);
    Learned engines =
        learn(manager.create(values, shape), f -> plain(f, labels, Neighbours.within(radius)));

    assertThat(own.loss()).isCloseTo(engines.loss(), within(1e-5f));
    for (int i = 0; i < values.length; i++) {
      assertThat(own.gradient()[i]).isCloseTo(engines.gradient()[i], within(1e-5f));
    }
    assertThat(Arrays.equals(own.gradient(), new float[values.length])).isFalse();
  }

  @Test
  void threadsChangeNoBit() {
    float[] features = new float[5 * 4 * 63];
    byte[] labels = new byte[5 * 63];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    PairTargets targets = PairTargets.of(labels, 9, 7, Neighbours.within(5));
    PairGradient one = PairGradient.of(features, 5, 63, targets, 1);
    PairGradient three = PairGradient.of(features, 5, 63, targets, 3);
    assertThat(three.loss()).isEqualTo(one.loss());
    assertThat(three.values()).containsExactly(one.values());
  }

  private NDArray plain(NDArray f, byte[] labels, Neighbours neighbours) {
    int height = (int) f.getShape().get(2);
    int width = (int) f.getShape().get(3);
    double[] sizes = new double[3];
    NDArray[] sums = {
      manager.zeros(new Shape()), manager.zeros(new Shape()), manager.zeros(new Shape())
    };
    for (Neighbours.Step step : neighbours.steps()) {
      int left = Math.max(0, -step.dx());
      int right = Math.min(width, width - step.dx());
      int rows = height - step.dy();
      int columns = right - left;
      float[][] masks = new float[3][2 * rows * columns];
      for (int i = 0; i < masks[0].length; i++) {
        int picture = i / (rows * columns);
        int y = i / columns % rows;
        int x = left + i % columns;
        byte a = labels[(picture * height + y) * width + x];
        byte b = labels[(picture * height + y + step.dy()) * width + x + step.dx()];
        if (a != NO && b != NO) {
          int kind = a != b ? 2 : a == 0 ? 0 : 1;
          masks[kind][i] = 1;
          sizes[kind]++;
        }
      }
      NDArray first = f.get(new NDIndex(":, :, 0:{}, {}:{}", rows, left, right));
      NDArray second =
          f.get(
              new NDIndex(
                  ":, :, {}:{}, {}:{}", step.dy(), height, left + step.dx(), right + step.dx()));
      NDArray affinity = first.sub(second).abs().mean(new int[] {1}).neg().exp();
      Shape shape = new Shape(2, rows, columns);
      NDArray together = affinity.add(1e-5f).log().neg();
      NDArray apart = affinity.neg().add(1 + 1e-5f).log().neg();
      sums[0] = sums[0].add(manager.create(masks[0], shape).mul(together).sum());
      sums[1] = sums[1].add(manager.create(masks[1], shape).mul(together).sum());
      sums[2] = sums[2].add(manager.create(masks[2], shape).mul(apart).sum());
    }
    return sums[0]
        .mul((float) (0.25 / sizes[0]))
        .add(sums[1].mul((float) (0.25 / sizes[1])))
        .add(sums[2].mul((float) (0.5 / sizes[2])));
  }
}
