package dev.wsss.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.training.TrainingClock;
import dev.wsss.train.config.OptimiserConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stochastic gradient descent with momentum over the student's learning parameters, each with the
 * rate factor and weight decay of its group: biases and shifts at {@code bias-rate-factor} and
 * without decay, scales without decay, new layers at {@code new-layer-rate-factor} on top.
 */
public final class SgdOptimiser {
  private final OptimiserConfig config;
  private final RateSchedule schedule;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Group, List<Entry>> groups;

  /** What parameters that are updated by one call have in common. */
  private record Group(double rateFactor, double decay) {}

  private record Entry(String name, Group group, Parameter parameter, NDArray velocity) {
    NDArray weight() {
      return parameter.getArray();
    }

    NDArray gradient() {
      return weight().getGradient();
    }
  }

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
    groups =
        entries.stream()
            .collect(Collectors.groupingBy(Entry::group, LinkedHashMap::new, Collectors.toList()));
  }

  private Entry entry(String name, Parameter parameter, NDManager manager) {
    boolean bias =
        parameter.getType() == Parameter.Type.BIAS || parameter.getType() == Parameter.Type.BETA;
    boolean decays = config.biasDecay() || parameter.getType() == Parameter.Type.WEIGHT;
    double factor =
        (bias ? config.biasRateFactor() : 1)
            * (CamNetwork.isNewLayer(name) ? config.newLayerRateFactor() : 1);
    NDArray velocity = manager.zeros(parameter.getArray().getShape());
    Group group = new Group(factor, decays ? config.weightDecay() : 0);
    return new Entry(name, group, parameter, velocity);
  }

  /**
   * Applies the gradients that the parameters have collected and sets them to zero; call it outside
   * any gradient collection, with a scope open that closes what it allocates.
   *
   * @return the rate before group factors
   */
  double apply(TrainingClock clock) {
    double rate = schedule.at(clock);
    if (config.clipNorm() > 0) {
      clip(entries.stream().map(Entry::gradient).toList());
    }
    groups.forEach(
        (group, members) ->
            FusedUpdates.sgd(
                arrays(members, Entry::weight),
                arrays(members, Entry::gradient),
                arrays(members, Entry::velocity),
                rate * group.rateFactor(),
                config.momentum(),
                group.decay()));
    return rate;
  }

  private static NDList arrays(List<Entry> entries, Function<Entry, NDArray> array) {
    return new NDList(entries.stream().map(array).toList());
  }

  private void clip(List<NDArray> gradients) {
    double squares = 0;
    for (NDArray gradient : gradients) {
      squares += gradient.square().sum().getFloat();
    }
    double norm = Math.sqrt(squares);
    if (norm > config.clipNorm()) {
      gradients.forEach(gradient -> gradient.muli((float) (config.clipNorm() / norm)));
    }
  }

  /** The momentum of every learning parameter by name: the arrays themselves. */
  public Map<String, NDArray> velocities() {
    Map<String, NDArray> byName = new LinkedHashMap<>();
    entries.forEach(e -> byName.put(e.name(), e.velocity()));
    return byName;
  }
}
