package dev.wsss.api.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.wsss.api.tensor.FusedUpdates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parameters of a backbone and a head, by dotted name: what every network owns, whatever its
 * head gives.
 *
 * <p>Names begin with {@code backbone.} and {@code head.}. Starting values follow from a seed and
 * each parameter's name, so that a parameter more changes no other. Memory is this object's own
 * until {@link #close()}. A network calls {@link #initialise} once before anything else.
 */
public final class NetworkParameters implements AutoCloseable {
  private static final String BACKBONE = "backbone.";
  private static final String HEAD = "head.";

  /** Large enough for every backbone; shapes of parameters do not depend on it. */
  private static final Shape IMAGES = new Shape(1, 3, 64, 64);

  private final Backbone backbone;
  private final Block head;
  private final NDManager manager;
  private final ParameterStore store;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * Names the parameters and gives them no values yet.
   *
   * @param parent the owner of this memory until {@link #close()}
   */
  public NetworkParameters(NDManager parent, Backbone backbone, Block head) {
    this.backbone = backbone;
    this.head = head;
    this.manager = parent.newSubManager();
    this.manager.setName("network");
    this.store = new ParameterStore(manager, false);
    ParameterNames.of(backbone.block())
        .forEach((name, parameter) -> parameters.put(BACKBONE + name, parameter));
    ParameterNames.of(head).forEach((name, parameter) -> parameters.put(HEAD + name, parameter));
  }

  /**
   * Draws all starting values from {@code seed}; reads no pretrained weights.
   *
   * @param headInputs shapes of what the head is given, with any grid
   */
  public void initialise(long seed, Shape... headInputs) {
    StartingValues.seed(parameters, seed);
    backbone.block().initialize(manager, DataType.FLOAT32, IMAGES);
    head.initialize(manager, DataType.FLOAT32, headInputs);
  }

  /**
   * Lets the backbone overwrite its starting values with pretrained ones.
   *
   * @throws WeightsException if they cannot be read or belong to another network
   */
  public void pretrain() {
    backbone.pretrain(Collections.unmodifiableMap(ParameterNames.of(backbone.block())));
  }

  /** What a block asks for its parameters' values in a pass. */
  public ParameterStore store() {
    return store;
  }

  /**
   * All parameters, running statistics included, by dotted name: {@code backbone.…} then {@code
   * head.…}, in order of declaration. Two networks of one configuration have the same names.
   */
  public Map<String, Parameter> byName() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Whether a parameter belongs to a layer that no pretraining knows. */
  public static boolean isNewLayer(String parameterName) {
    return !parameterName.startsWith(BACKBONE);
  }

  /** Makes no parameter take gradients, so that passes record no graph: a teacher, or inference. */
  public void freeze() {
    parameters.values().forEach(parameter -> parameter.freeze(true));
  }

  /** Runs {@code work} while no parameter takes gradients, as for scoring between epochs. */
  public <T> T withoutGradients(Supplier<T> work) {
    List<Parameter> learning =
        parameters.values().stream().filter(Parameter::requiresGradient).toList();
    learning.forEach(parameter -> parameter.freeze(true));
    try {
      return work.get();
    } finally {
      learning.forEach(parameter -> parameter.freeze(false));
    }
  }

  /**
   * Every parameter with that of the same name in a network of the same configuration.
   *
   * @throws IllegalArgumentException that lists the parameters that only one of the two has, or has
   *     in another shape
   */
  public List<ParameterPair> pairedWith(NetworkParameters other) {
    return ParameterPair.byName(parameters, other.parameters);
  }

  /**
   * Copies every parameter's values, running statistics included, from a network of the same
   * configuration; throws as {@link #pairedWith} does, and then copies nothing.
   */
  public void copyFrom(NetworkParameters other) {
    NDList mine = new NDList();
    NDList theirs = new NDList();
    for (ParameterPair pair : pairedWith(other)) {
      mine.add(pair.mine().getArray());
      theirs.add(pair.theirs().getArray());
    }
    FusedUpdates.copy(mine, theirs);
  }

  @Override
  public void close() {
    manager.close();
  }
}
