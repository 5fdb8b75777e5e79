package dev.wsss.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;
import dev.wsss.train.config.OptimiserConfig.Schedule;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two steps of each group against PyTorch's rule worked out by hand. */
class SgdOptimiserTest {
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.1;
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
    SgdOptimiser optimiser = new SgdOptimiser(network, config(0, false), manager);
    // Rates of the two steps under poly with power 1 over two steps: 0.1 and 0.05.
    step(optimiser, 1);
    step(optimiser, 2);

    assertThat(value("backbone.weight")).isCloseTo(twoSteps(1, DECAY), within(1e-6));
    assertThat(value("backbone.bias")).isCloseTo(twoSteps(2, 0), within(1e-6));
    assertThat(value("head.weight")).isCloseTo(twoSteps(10, DECAY), within(1e-6));
  }

  @Test
  void biasDecaysOnlyWhenAsked() {
    SgdOptimiser optimiser = new SgdOptimiser(network, config(0, true), manager);
    step(optimiser, 1);
    step(optimiser, 2);

    assertThat(value("backbone.bias")).isCloseTo(twoSteps(2, DECAY), within(1e-6));
  }

  @Test
  void shortensALongGradientToTheClipNorm() {
    SgdOptimiser optimiser = new SgdOptimiser(network, config(0.5, false), manager);
    step(optimiser, 1);

    // Three gradients of 1: norm √3, so each becomes 0.5 / √3.
    double gradient = 0.5 / Math.sqrt(3);
    assertThat(value("backbone.weight")).isCloseTo(1 - 0.1 * (gradient + DECAY), within(1e-6));
    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2 * gradient, within(1e-6));
  }

  @Test
  void leavesAShortGradientAlone() {
    SgdOptimiser optimiser = new SgdOptimiser(network, config(100, false), manager);
    step(optimiser, 1);

    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2, within(1e-6));
  }

  @Test
  void goesWithoutMomentum() {
    OptimiserConfig plain =
        new OptimiserConfig(0.1, 0, DECAY, 2, false, 10, Schedule.POLY, 1, 0, 0);
    SgdOptimiser optimiser = new SgdOptimiser(network, plain, manager);
    step(optimiser, 1);
    step(optimiser, 2);

    assertThat(value("backbone.bias")).isCloseTo(1 - 0.2 - 0.1, within(1e-6));
  }

  @Test
  void movesNoFrozenParameter() {
    network.parameters().get("backbone.bias").freeze(true);
    SgdOptimiser optimiser = new SgdOptimiser(network, config(0, false), manager);

    assertThat(optimiser.velocities()).containsOnlyKeys("backbone.weight", "head.weight");
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

  private void step(SgdOptimiser optimiser, int step) {
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
      optimiser.apply(new TrainingClock(1, 1, step, 2));
    }
  }

  private double value(String name) {
    return network.parameters().get(name).getArray().toFloatArray()[0];
  }

  private static void set(NDArray array, float value) {
    array.set(new float[] {value});
  }

  private static OptimiserConfig config(double clip, boolean biasDecay) {
    return new OptimiserConfig(0.1, MOMENTUM, DECAY, 2, biasDecay, 10, Schedule.POLY, 1, 0, clip);
  }
}
