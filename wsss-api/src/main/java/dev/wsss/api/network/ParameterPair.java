package dev.wsss.api.network;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A parameter and the one of the same name in another network of the same configuration.
 *
 * @param name as in {@link NetworkParameters#byName()}
 */
public record ParameterPair(String name, Parameter mine, Parameter theirs) {

  /**
   * Every parameter of {@code mine} with its counterpart, in {@code mine}'s order.
   *
   * @throws IllegalArgumentException that lists the parameters that only one of the two has, or has
   *     in another shape
   */
  static List<ParameterPair> byName(Map<String, Parameter> mine, Map<String, Parameter> theirs) {
    List<ParameterPair> pairs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    mine.forEach(
        (name, parameter) -> {
          Parameter other = theirs.get(name);
          if (other == null) {
            problems.add("the other lacks " + name);
          } else if (!other.getShape().equals(parameter.getShape())) {
            problems.add(
                "%s is %s, the other's %s".formatted(name, parameter.getShape(), other.getShape()));
          } else {
            pairs.add(new ParameterPair(name, parameter, other));
          }
        });
    theirs.keySet().stream()
        .filter(name -> !mine.containsKey(name))
        .forEach(name -> problems.add("only the other has " + name));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "two networks of different parameters: " + String.join("; ", problems));
    }
    return pairs;
  }
}
