package dev.wsss.api.network;

import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.Map;

/** Starting values that follow from a seed and each parameter's name. */
final class StartingValues {

  private StartingValues() {}

  /** Lets blocks that are initialised afterwards draw from {@code seed}. */
  static void seed(Map<String, Parameter> parameters, long seed) {
    parameters.forEach((name, parameter) -> seed(parameter, seed * 31 + name.hashCode()));
  }

  private static void seed(Parameter parameter, long seed) {
    Initializer initializer = parameter.getInitializer();
    if (initializer instanceof Initialisation initialisation) {
      parameter.setInitializer((m, shape, type) -> initialisation.draw(m, shape, seed));
    } else if (parameter.getType() == Parameter.Type.WEIGHT) {
      parameter.setInitializer((m, shape, type) -> Initialisation.HE_NORMAL.draw(m, shape, seed));
    }
  }
}
