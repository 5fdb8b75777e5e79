package dev.wsss.api.optimiser;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an optimiser moves: every parameter of the student that takes gradients, in one group each.
 *
 * @param manager owner of the arrays that an optimiser keeps as long as the run
 */
public record LearningParameters(List<ParameterGroup> groups, NDManager manager) {

  public LearningParameters {
    groups = List.copyOf(groups);
  }

  /** The parameters, group by group. */
  public Stream<LearningParameter> all() {
    return groups.stream().flatMap(group -> group.parameters().stream());
  }

  /** A new array of zeros for each parameter, of its shape, by its name. */
  public Map<String, NDArray> zeros() {
    Map<String, NDArray> zeros = new LinkedHashMap<>();
    all().forEach(p -> zeros.put(p.name(), manager.zeros(p.value().getShape())));
    return zeros;
  }
}
