package dev.wsss.api.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/**
 * A parameter of the student that takes gradients.
 *
 * @param name dotted, {@code backbone.…} or {@code head.…}
 */
public record LearningParameter(String name, Parameter parameter) {

  /** The values, to be changed in place. */
  public NDArray value() {
    return parameter.getArray();
  }

  /** The gradient collected in this step, of the shape of {@link #value()}; read it, no more. */
  public NDArray gradient() {
    return value().getGradient();
  }
}
