package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.teacher.Clock;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.train.config.OptimiserConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum over the student's learning parameters, each with the
 * rate factor and weight decay of its group: biases and shifts at {@code bias-rate-factor} and
 * without decay, scales without decay, new layers at {@code new-layer-rate-factor} on top.
 */
public final class SgdOptimiser {
  private final OptimiserConfig config;
  private final RateSchedule schedule;
  private final List<Entry> entries = new ArrayList<>();
  private float lastRate;

  private record Entry(
      String name, Parameter parameter, NDArray velocity, float rateFactor, float decay) {}

  /** Momentum of each learning parameter is held by {@code manager}. */
  public SgdOptimiser(CamNetwork student, OptimiserConfig config, NDManager manager) {
    this.config = config;
    this.schedule = new RateSchedule(config);
    student
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                entries.add(entry(name, parameter, manager));
              }
            });
  }

  private Entry entry(String name, Parameter parameter, NDManager manager) {
    boolean bias =
        parameter.getType() == Parameter.Type.BIAS || parameter.getType() == Parameter.Type.BETA;
    boolean decays = config.biasDecay() || parameter.getType() == Parameter.Type.WEIGHT;
    double factor =
        (bias ? config.biasRateFactor() : 1)
            * (CamNetwork.isNewLayer(name) ? config.newLayerRateFactor() : 1);
    NDArray velocity = manager.zeros(parameter.getArray().getShape());
    velocity.setName(name);
    return new Entry(
        name, parameter, velocity, (float) factor, decays ? (float) config.weightDecay() : 0);
  }

  /**
   * Applies the gradients that the parameters have collected and sets them to zero; call it outside
   * any gradient collection, with a scope open that closes what it allocates.
   *
   * @return the rate before group factors
   */
  double apply(Clock clock) {
    float rate = (float) schedule.at(clock);
    float before = lastRate == 0 ? rate : lastRate;
    List<NDArray> gradients =
        entries.stream().map(e -> e.parameter().getArray().getGradient()).toList();
    float clip = config.clipNorm() > 0 ? clipFactor(gradients) : 1;
    for (int i = 0; i < entries.size(); i++) {
      Entry e = entries.get(i);
      FusedUpdates.sgd(
          e.parameter().getArray(),
          gradients.get(i),
          clip,
          e.velocity(),
          rate * e.rateFactor(),
          before * e.rateFactor(),
          (float) config.momentum(),
          e.decay());
    }
    lastRate = rate;
    return rate;
  }

  private float clipFactor(List<NDArray> gradients) {
    double squares = 0;
    for (NDArray gradient : gradients) {
      squares += gradient.square().sum().getFloat();
    }
    double norm = Math.sqrt(squares);
    return norm > config.clipNorm() ? (float) (config.clipNorm() / norm) : 1;
  }

  /** The momentum of every learning parameter by name: the arrays themselves. */
  public Map<String, NDArray> velocities() {
    Map<String, NDArray> byName = new LinkedHashMap<>();
    entries.forEach(e -> byName.put(e.name(), e.velocity()));
    return byName;
  }

  /** The rate of the last step, which the momentum has absorbed. */
  public float lastRate() {
    return lastRate;
  }

  /** Takes back {@link #lastRate()} after the velocities have been restored. */
  public void restoreLastRate(float rate) {
    lastRate = rate;
  }
}
