package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.RateSchedule;
import dev.wsss.api.testing.FakeBatch;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.optimiser.ConstantSchedule;
import dev.wsss.train.optimiser.PolyConfig;
import dev.wsss.train.optimiser.PolySchedule;
import dev.wsss.train.optimiser.Sgd;
import dev.wsss.train.optimiser.SgdConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two steps of each group against PyTorch's rule worked out by hand. */
class StudentUpdateTest {
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.1;

  /** Rates of the two steps under it over two steps: 0.1 and 0.05. */
  private static final RateSchedule LINEAR = new PolySchedule(new PolyConfig(1));

  private NDManager manager;
  private CamNetwork network;

  @BeforeEach
  void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
    network = TwoWeights.network(manager);
    network.parameters().values().forEach(p -> set(p.getArray(), 1));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void followsPyTorchWithTheFactorsOfEachGroup() {
    StudentUpdate update = update(config(0, 0, false), MOMENTUM, LINEAR);
    step(update, 1);
    step(update, 2);

    assertThat(value("backbone.weight")).isCloseTo(twoSteps(1, DECAY), within(1e-6));
    assertThat(value("backbone.bias")).isCloseTo(twoSteps(2, 0), within(1e-6));
    assertThat(value("head.weight")).isCloseTo(twoSteps(10, DECAY), within(1e-6));
  }

  @Test
  void biasDecaysOnlyWhenAsked() {
    StudentUpdate update = update(config(0, 0, true), MOMENTUM, LINEAR);
    step(update, 1);
    step(update, 2);

    assertThat(value("backbone.bias")).isCloseTo(twoSteps(2, DECAY), within(1e-6));
  }

  @Test
  void shortensALongGradientToTheClipNorm() {
    step(update(config(0, 0.5, false), MOMENTUM, LINEAR), 1);

    // Three gradients of 1: norm √3, so each becomes 0.5 / √3.
    double gradient = 0.5 / Math.sqrt(3);
    assertThat(value("backbone.weight")).isCloseTo(1 - 0.1 * (gradient + DECAY), within(1e-6));
    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2 * gradient, within(1e-6));
  }

  @Test
  void leavesAShortGradientAlone() {
    step(update(config(0, 100, false), MOMENTUM, LINEAR), 1);

    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2, within(1e-6));
  }

  @Test
  void goesWithoutMomentum() {
    StudentUpdate update = update(config(0, 0, false), 0, LINEAR);
    step(update, 1);
    step(update, 2);

    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2 - 0.1, within(1e-6));
  }

  @Test
  void warmUpRisesLinearlyAndNeverIsZero() {
    StudentUpdate update = update(config(4, 0, false), MOMENTUM, new ConstantSchedule());

    assertThat(step(update, 1)).isCloseTo(0.025, within(1e-12));
    assertThat(step(update, 3)).isCloseTo(0.075, within(1e-12));
    assertThat(step(update, 5)).isEqualTo(0.1);
  }

  @Test
  void movesNoFrozenParameter() {
    network.parameters().get("backbone.bias").freeze(true);
    LearningParameters learning =
        ParameterGroups.of(network.parameters(), config(0, 0, false), manager);

    assertThat(new Sgd(new SgdConfig(MOMENTUM), learning).state())
        .containsOnlyKeys("backbone.weight", "head.weight");
  }

  @Test
  void setsTheGradientsToZero() {
    step(update(config(0, 0, false), MOMENTUM, LINEAR), 1);

    network
        .parameters()
        .values()
        .forEach(p -> assertThat(p.getArray().getGradient().toFloatArray()).containsExactly(0));
  }

  @Test
  void namesTheScheduleThatGivesNoRate() {
    RateSchedule broken =
        new RateSchedule() {
          @Override
          public double factorAt(TrainingClock clock) {
            return Double.NaN;
          }
        };
    StudentUpdate update = update(config(0, 0, false), MOMENTUM, broken);

    assertThatThrownBy(() -> step(update, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "epoch 1, step 1 of 2: optimiser.schedule ("
                + broken.getClass().getName()
                + ") failed in factorAt: java.lang.IllegalStateException: the factor is NaN;"
                + " allowed is a finite number of at least 0; run.log or --debug shows where");
  }

  /** v ← m·v + g + wd·w; w ← w − lr·v, twice, with gradient 1. */
  private static double twoSteps(double factor, double decay) {
    double w = 1;
    double v = 0;
    for (double rate : List.of(0.1, 0.05)) {
      v = MOMENTUM * v + 1 + decay * w;
      w -= rate * factor * v;
    }
    return w;
  }

  private StudentUpdate update(OptimiserConfig config, double momentum, RateSchedule schedule) {
    LearningParameters learning = ParameterGroups.of(network.parameters(), config, manager);
    return new StudentUpdate(
        network.parameters(), config, new Sgd(new SgdConfig(momentum), learning), schedule);
  }

  private double step(StudentUpdate update, int step) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray sum = manager.zeros(new Shape(1));
        for (var parameter : network.parameters().values()) {
          if (parameter.requiresGradient()) {
            sum = sum.add(parameter.getArray());
          }
        }
        collector.backward(sum.sum());
      }
      TrainingClock clock = new TrainingClock(1, 1, step, 2);
      var batch = FakeBatch.of(manager, new int[][] {{0}}, 1, 1, 1);
      return update.apply(clock, new StepErrors(clock, batch.examples(), network.parameters()));
    }
  }

  private double value(String name) {
    return network.parameters().get(name).getArray().toFloatArray()[0];
  }

  private static void set(NDArray array, float value) {
    array.set(new float[] {value});
  }

  private static OptimiserConfig config(int warmUp, double clip, boolean biasDecay) {
    return new OptimiserConfig(
        0.1, DECAY, 2, biasDecay, 10, null, Optional.empty(), warmUp, clip, null);
  }
}
