package dev.wsss.api.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.function.Function;

/**
 * Parameters that are treated alike: weights decay, biases and scales by default do not; biases and
 * new layers may have a rate of their own.
 *
 * @param rateFactor factor on the rate of a step
 * @param weightDecay factor of the L2 penalty; 0 for none
 * @param parameters in order of declaration
 */
public record ParameterGroup(
    double rateFactor, double weightDecay, List<LearningParameter> parameters) {

  public ParameterGroup {
    parameters = List.copyOf(parameters);
  }

  /** All values, to be changed in place. */
  public NDList values() {
    return arrays(LearningParameter::value);
  }

  /** As many gradients. */
  public NDList gradients() {
    return arrays(LearningParameter::gradient);
  }

  /** One array for each parameter, for instance one that an optimiser keeps for it. */
  public NDList arrays(Function<LearningParameter, NDArray> array) {
    return new NDList(parameters.stream().map(array).toList());
  }
}
