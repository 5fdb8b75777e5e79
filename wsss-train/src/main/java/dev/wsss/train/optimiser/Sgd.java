package dev.wsss.train.optimiser;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.api.tensor.FusedUpdates;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * PyTorch's stochastic gradient descent with momentum: {@code v ← m·v + g + wd·w; w ← w − lr·v},
 * one call for all parameters of a group. It keeps the velocity v of each parameter under its name.
 */
public final class Sgd implements Optimiser {
  private final SgdConfig config;
  private final LearningParameters parameters;
  private final Map<String, NDArray> velocities;

  @Inject
  public Sgd(SgdConfig config, LearningParameters parameters) {
    this.config = config;
    this.parameters = parameters;
    this.velocities = Collections.unmodifiableMap(parameters.zeros());
  }

  @Override
  public void step(double rate, TrainingClock clock) {
    for (ParameterGroup group : parameters.groups()) {
      FusedUpdates.sgd(
          group.values(),
          group.gradients(),
          group.arrays(p -> Objects.requireNonNull(velocities.get(p.name()))),
          rate * group.rateFactor(),
          config.momentum(),
          group.weightDecay());
    }
  }

  @Override
  public Map<String, NDArray> state() {
    return velocities;
  }
}
