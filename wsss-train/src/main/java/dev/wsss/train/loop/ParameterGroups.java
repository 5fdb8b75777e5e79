package dev.wsss.train.loop;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.api.optimiser.LearningParameter;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.train.config.OptimiserConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Groups a network's learning parameters: biases and shifts at {@code bias-rate-factor} and without
 * decay, scales without decay, new layers at {@code new-layer-rate-factor} on top.
 */
public final class ParameterGroups {

  private ParameterGroups() {}

  /**
   * The groups of all parameters that take gradients now.
   *
   * @param parameters of a network, by dotted name
   * @param manager owner of what an optimiser keeps
   */
  public static LearningParameters of(
      Map<String, Parameter> parameters, OptimiserConfig config, NDManager manager) {
    Map<Treatment, List<LearningParameter>> groups = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            groups
                .computeIfAbsent(treatment(name, parameter, config), t -> new ArrayList<>())
                .add(new LearningParameter(name, parameter));
          }
        });
    List<ParameterGroup> all = new ArrayList<>();
    groups.forEach(
        (treatment, members) ->
            all.add(new ParameterGroup(treatment.rateFactor(), treatment.decay(), members)));
    return new LearningParameters(all, manager);
  }

  private record Treatment(double rateFactor, double decay) {}

  private static Treatment treatment(String name, Parameter parameter, OptimiserConfig config) {
    boolean bias =
        parameter.getType() == Parameter.Type.BIAS || parameter.getType() == Parameter.Type.BETA;
    boolean decays = config.biasDecay() || parameter.getType() == Parameter.Type.WEIGHT;
    double factor =
        (bias ? config.biasRateFactor() : 1)
            * (NetworkParameters.isNewLayer(name) ? config.newLayerRateFactor() : 1);
    return new Treatment(factor, decays ? config.weightDecay() : 0);
  }
}
