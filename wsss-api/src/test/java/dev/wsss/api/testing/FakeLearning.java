package dev.wsss.api.testing;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.wsss.api.optimiser.LearningParameter;
import dev.wsss.api.optimiser.LearningParameters;
import dev.wsss.api.optimiser.Optimiser;
import dev.wsss.api.optimiser.ParameterGroup;
import dev.wsss.api.training.TrainingClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters in three groups, as a run hands them to an optimiser, with the loss {@code ½·Σ(w −
 * target)²}, whose gradient at a parameter is {@code w − target}.
 */
public final class FakeLearning {
  private static final float[] START = {3, -2, 0.5f};

  private final LearningParameters parameters;

  /** Weights with the given decay, biases of twice the rate, and a group whose rate is 0. */
  public FakeLearning(NDManager manager, double weightDecay) {
    this.parameters =
        new LearningParameters(
            List.of(
                group(manager, 1, weightDecay, "backbone.a.weight", "backbone.b.weight"),
                group(manager, 2, 0, "backbone.a.bias"),
                group(manager, 0, weightDecay, "head.weight")),
            manager);
  }

  /** What an optimiser's constructor takes. */
  public LearningParameters parameters() {
    return parameters;
  }

  /** One step as a run makes it, with the loss's gradients; returns the values afterwards. */
  public Map<String, List<Float>> step(Optimiser optimiser, double rate, long step, float target) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray loss = parameters.manager().zeros(new Shape());
        for (LearningParameter p : parameters.all().toList()) {
          loss = loss.add(p.value().sub(target).square().sum());
        }
        collector.backward(loss.div(2));
      }
      optimiser.step(rate, new TrainingClock(1, 1, step, 100));
      parameters.all().forEach(p -> p.gradient().muli(0));
    }
    return values();
  }

  /** Every parameter's values by name. */
  public Map<String, List<Float>> values() {
    Map<String, List<Float>> values = new LinkedHashMap<>();
    parameters.all().forEach(p -> values.put(p.name(), floats(p.value())));
    return values;
  }

  static List<Float> floats(NDArray array) {
    List<Float> list = new ArrayList<>();
    for (float value : array.toFloatArray()) {
      list.add(value);
    }
    return list;
  }

  private static ParameterGroup group(
      NDManager manager, double factor, double decay, String... names) {
    List<LearningParameter> members = new ArrayList<>();
    for (String name : names) {
      Parameter parameter = Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
      NDArray value = manager.create(START).duplicate();
      parameter.setArray(value);
      value.setRequiresGradient(true);
      members.add(new LearningParameter(name, parameter));
    }
    return new ParameterGroup(factor, decay, members);
  }
}
