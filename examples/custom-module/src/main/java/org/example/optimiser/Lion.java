package org.example.optimiser;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.optimiser.LearningParameter;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.api.training.TrainingClock;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Lion (arXiv 2302.06675): {@code w ← w − lr·(sign(β₁·m + (1 − β₁)·g) + wd·w)}, then {@code m ← β₂·m + (1 −
 * β₂)·g}. Plain operations do: no graph is recorded here, and what a step makes is closed after it.
 */
public final class Lion implements Optimiser {
  private final float direction;
  private final float momentum;
  private final LearningParameters parameters;
  private final Map<String, NDArray> momenta;

  @Inject
  public Lion(LionConfig config, LearningParameters parameters) {
    this.direction = (float) config.direction();
    this.momentum = (float) config.momentum();
    this.parameters = parameters;
    this.momenta = parameters.zeros();
  }

  @Override
  public void step(double rate, TrainingClock clock) {
    for (ParameterGroup group : parameters.groups()) {
      float groupRate = (float) (rate * group.rateFactor());
      for (LearningParameter parameter : group.parameters()) {
        move(parameter, groupRate, (float) group.weightDecay());
      }
    }
  }

  private void move(LearningParameter parameter, float rate, float decay) {
    NDArray value = parameter.value();
    NDArray gradient = parameter.gradient();
    NDArray kept = momenta.get(parameter.name());
    NDArray sign = kept.mul(direction).add(gradient.mul(1 - direction)).sign();
    NDArray change = sign.add(value.stopGradient().mul(decay)).mul(rate);
    value.stopGradient().subi(change);
    kept.muli(momentum).addi(gradient.mul(1 - momentum));
  }

  @Override
  public Map<String, NDArray> state() {
    return momenta;
  }
}
