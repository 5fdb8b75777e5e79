package dev.wsss.train.loop;

import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.Optional;

/** Whether every value of a network is a number. */
public final class FiniteParameters {

  private FiniteParameters() {}

  /** Names the first parameter that is not finite; call it with a scope open. */
  public static Optional<String> problem(Map<String, Parameter> parameters) {
    return parameters.entrySet().stream()
        .filter(p -> !Float.isFinite(p.getValue().getArray().abs().max().getFloat()))
        .map(p -> "parameter " + p.getKey() + " is not finite")
        .findFirst();
  }
}
