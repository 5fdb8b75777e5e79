package dev.wsss.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import dev.wsss.api.data.ClassNames;
import dev.wsss.api.supervision.Needs;
import dev.wsss.api.supervision.SelfSupervision;
import dev.wsss.api.supervision.TrainingShape;
import dev.wsss.api.training.Stateful;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SelfSupervision} promises the training loop. A module's test extends this class
 * and says how the module is made:
 *
 * <pre>{@code
 * final class MyModuleContractTest extends SelfSupervisionContract<MyModule.Target> {
 *   @Override
 *   protected SelfSupervision<MyModule.Target> module(ClassNames classes, TrainingShape shape) {
 *     return new MyModule(new MyConfig(0.5));
 *   }
 * }
 * }</pre>
 *
 * <p>The module meets random outputs of a student and a teacher, at the scales it declares and no
 * others: asking for another scale fails any of these tests. The inherited tests can be run for
 * several configurations by extending the class once for each.
 *
 * @param <S> the module's supervision
 */
public abstract class SelfSupervisionContract<S> {
  private static final int[][] LABELS = {{0}, {0, 2}, {1, 2, 3}, {2}};
  private static final List<Integer> WHOLE = List.of(0, 4);
  private static final Scene SCENE = new Scene(LABELS, 5, 1, 1);

  private NDManager base;
  private NDManager ofLayers;

  /** A new module, as at the start of a run. */
  protected abstract SelfSupervision<S> module(ClassNames classes, TrainingShape shape);

  @BeforeEach
  final void open() {
    base = NDManager.newBaseManager();
    ofLayers = NDManager.newBaseManager();
  }

  @AfterEach
  final void close() {
    base.close();
    ofLayers.close();
  }

  @Test
  final void lossesOfImagesSumToTheLossOfTheBatch() {
    Outcome whole = step(SCENE, WHOLE, false);

    assertSame(step(SCENE, List.of(0, 1, 2, 3, 4), false), whole);
    assertSame(step(SCENE, List.of(0, 1, 4), false), whole);
    assertSame(step(SCENE, List.of(0, 3, 4), false), whole);
  }

  @Test
  final void lossesOfScalesSumToTheLossOfTheBatch() {
    Needs needs = create(SCENE).needs();
    assumeTrue(
        needs.coupling() == Needs.Coupling.INDEPENDENT, "the module couples scales, and says so");

    Outcome whole = step(SCENE, WHOLE, false);

    assertSame(step(SCENE, WHOLE, true), whole);
    assertSame(step(SCENE, List.of(0, 2, 4), true), whole);
  }

  @Test
  final void gradientReachesTheStudent() {
    assertThat(step(SCENE, WHOLE, false).largestGradient()).isPositive();
  }

  @Test
  final void gradientReachesItsLayers() {
    SelfSupervision<S> module = create(SCENE);
    assumeTrue(module.layers().isPresent(), "the module has no layers of its own");

    step(module, SCENE, 1, WHOLE, false);

    assertThat(FakeLayers.gradient(module.layers().orElseThrow()))
        .allSatisfy(
            (name, gradient) -> assertThat(Outcome.largest(gradient)).as(name).isPositive());
  }

  @Test
  final void gradientsOfItsLayersSumOverImages() {
    SelfSupervision<S> whole = create(SCENE);
    assumeTrue(whole.layers().isPresent(), "the module has no layers of its own");
    SelfSupervision<S> cut = create(SCENE);

    step(whole, SCENE, 1, WHOLE, false);
    step(cut, SCENE, 1, List.of(0, 1, 4), false);

    Map<String, float[]> expected = FakeLayers.gradient(whole.layers().orElseThrow());
    FakeLayers.gradient(cut.layers().orElseThrow())
        .forEach(
            (name, actual) ->
                assertSame(
                    new Outcome(0, actual),
                    new Outcome(0, Objects.requireNonNull(expected.get(name)))));
  }

  @Test
  final void lossIsFiniteWhereMapsAreZero() {
    assertFinite(step(new Scene(LABELS, 5, 0, 1), WHOLE, false));
  }

  @Test
  final void lossIsFiniteWhereMapsAndFeaturesAreZero() {
    assertFinite(step(new Scene(LABELS, 5, 0, 0), WHOLE, false));
  }

  @Test
  final void lossIsFiniteWhereNobodyElseShowsAClass() {
    assertFinite(step(new Scene(new int[][] {{0}, {1}, {2}, {3}}, 4, 1, 1), WHOLE, false));
  }

  @Test
  final void lossIsFiniteForOneClass() {
    assertFinite(step(new Scene(new int[][] {{0}, {0}, {0}, {0}}, 1, 1, 1), WHOLE, false));
  }

  @Test
  final void lossIsFiniteWhereImagesShowNoClass() {
    Scene scene = new Scene(new int[][] {{}, {1}, {}, {}}, 3, 1, 1);

    assertFinite(step(scene, WHOLE, false));
    boolean byScale = create(scene).needs().coupling() == Needs.Coupling.INDEPENDENT;
    assertFinite(step(scene, List.of(0, 1, 2, 3, 4), byScale));
    assertFinite(step(new Scene(new int[][] {{}, {}, {}, {}}, 3, 1, 1), WHOLE, false));
  }

  @Test
  final void aStepRepeatsItselfBitForBit() {
    Outcome first = step(SCENE, WHOLE, false);
    Outcome second = step(SCENE, WHOLE, false);

    assertThat(second.loss()).isEqualTo(first.loss());
    assertThat(second.gradient()).containsExactly(first.gradient());
  }

  @Test
  final void gradientsOutliveGarbageCollection() {
    Outcome undisturbed = step(SCENE, WHOLE, false);
    SelfSupervision<S> module = create(SCENE);
    try (NDManager manager = base.newSubManager()) {
      Scene.Outputs outputs = SCENE.outputs(manager, module.needs(), 1);
      FakeStep step = new FakeStep(manager, 1);
      run(module, outputs, step, WHOLE, false, ReusedMemory::force);

      assertThat(outputs.gradient())
          .as("the graph keeps no memory of Java's; see dev.wsss.api.tensor.Constants")
          .containsExactly(undisturbed.gradient());
    }
  }

  @Test
  final void whatOutlivesAStepIsDeclaredAndRestored() {
    SelfSupervision<S> unbroken = create(SCENE);
    step(unbroken, SCENE, 1, WHOLE, false);
    step(unbroken, SCENE, 2, WHOLE, false);
    SelfSupervision<S> resumed = create(SCENE);
    if (unbroken instanceof Stateful before && resumed instanceof Stateful after) {
      after.restore(before.state());
    }
    unbroken.layers().ifPresent(before -> FakeLayers.copy(before, resumed.layers().orElseThrow()));

    Outcome expected = step(unbroken, SCENE, 3, WHOLE, false);
    Outcome actual = step(resumed, SCENE, 3, WHOLE, false);

    assertThat(actual.loss()).isEqualTo(expected.loss());
    assertThat(actual.gradient()).containsExactly(expected.gradient());
  }

  @Test
  final void outputsOfBothNetworksStayAsTheyWere() {
    SelfSupervision<S> module = create(SCENE);
    try (NDManager manager = base.newSubManager()) {
      Scene.Outputs outputs = SCENE.outputs(manager, module.needs(), 1);
      List<float[]> before = outputs.values();

      run(module, outputs, new FakeStep(manager, 1), WHOLE, false);

      List<float[]> after = outputs.values();
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).containsExactly(before.get(i));
      }
    }
  }

  @Test
  final void noArrayOutlivesItsStep() {
    SelfSupervision<S> module = create(SCENE);
    List<NDArray> supervision;
    try (NDManager manager = base.newSubManager()) {
      Scene.Outputs outputs = SCENE.outputs(manager, module.needs(), 1);
      S derived = run(module, outputs, new FakeStep(manager, 1), WHOLE, false).supervision();
      supervision = Scene.arraysIn(derived);
      assertThat(supervision).as("open until the step ends").noneMatch(NDArray::isReleased);
    }

    assertThat(base.getManagedArrays()).isEmpty();
    assertThat(supervision).allMatch(NDArray::isReleased);
  }

  @Test
  final void needsAreFixedAndInOrder() {
    Needs needs = create(SCENE).needs();

    assertThat(needs.studentScales()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(needs.teacherScales()).doesNotHaveDuplicates();
    assertThat(create(SCENE).needs()).isEqualTo(needs);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared element by element
  private record Outcome(double loss, float[] gradient) {
    double largestGradient() {
      return largest(gradient);
    }

    static double largest(float[] gradient) {
      double largest = 0;
      for (float value : gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }

  private record Ran<S>(S supervision, double loss) {}

  private SelfSupervision<S> create(Scene scene) {
    SelfSupervision<S> module =
        module(scene.classNames(), new TrainingShape(scene.labels().length, Scene.HEIGHT));
    module.layers().ifPresent(layers -> layers.initialise(ofLayers, Scene.FEATURES, 1));
    return module;
  }

  private Outcome step(Scene scene, List<Integer> cuts, boolean byScale) {
    return step(create(scene), scene, 1, cuts, byScale);
  }

  private Outcome step(
      SelfSupervision<S> module, Scene scene, long step, List<Integer> cuts, boolean byScale) {
    try (NDManager manager = base.newSubManager()) {
      Scene.Outputs outputs = scene.outputs(manager, module.needs(), step);
      double loss = run(module, outputs, new FakeStep(manager, step), cuts, byScale).loss();
      return new Outcome(loss, outputs.gradient());
    }
  }

  private Ran<S> run(
      SelfSupervision<S> module,
      Scene.Outputs outputs,
      FakeStep step,
      List<Integer> cuts,
      boolean byScale) {
    return run(module, outputs, step, cuts, byScale, () -> {});
  }

  /** One step as the loop runs it; {@code cuts} are the bounds of the parts. */
  private Ran<S> run(
      SelfSupervision<S> module,
      Scene.Outputs outputs,
      FakeStep step,
      List<Integer> cuts,
      boolean byScale,
      Runnable beforeBackward) {
    S supervision = module.derive(outputs.teacherView(), outputs.batch(), step);
    List<Double> all = module.needs().studentScales();
    List<List<Double>> scales = byScale ? all.stream().map(List::of).toList() : List.of(all);
    double total = 0;
    for (List<Double> seen : scales) {
      for (int i = 1; i < cuts.size(); i++) {
        try (NDScope scope = new NDScope();
            GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          scope.suppressNotUsedWarning();
          NDArray loss =
              module.loss(
                  outputs.studentView(cuts.get(i - 1), cuts.get(i), seen), supervision, step);
          assertThat(loss.isScalar()).as("the loss is a scalar").isTrue();
          total += loss.getFloat();
          beforeBackward.run();
          collector.backward(loss);
        }
      }
    }
    return new Ran<>(supervision, total);
  }

  private static void assertSame(Outcome actual, Outcome expected) {
    double magnitude = Math.max(Math.abs(expected.loss()), 1e-3);
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5 * magnitude));
    double tolerance = 1e-4 * Math.max(expected.largestGradient(), 1e-9);
    for (int i = 0; i < expected.gradient().length; i++) {
      assertThat((double) actual.gradient()[i])
          .as("gradient, element %s", i)
          .isCloseTo(expected.gradient()[i], within(tolerance));
    }
  }

  private static void assertFinite(Outcome outcome) {
    assertThat(outcome.loss()).isFinite();
    for (float value : outcome.gradient()) {
      assertThat(value).isFinite();
    }
  }
}
