package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.Map;

/**
 * Layers that belong to a module and not to the networks, such as a projection of its own: the
 * optimiser moves them together with the student, checkpoints keep them, and neither the maps nor
 * an exported model need them.
 *
 * <p>There is one set of them, without a moving average: student and teacher see the same layers.
 * Who makes the module calls {@link #initialise} once before the first pass.
 */
public final class OwnLayers {
  private final Block block;
  private final Map<String, Parameter> parameters;
  private ParameterStore store = new ParameterStore();

  /**
   * @param block from one array to one array, without values yet
   */
  public OwnLayers(Block block) {
    this.block = block;
    this.parameters = ParameterNames.of(block);
  }

  /**
   * Draws all starting values; they follow from the seed and each parameter's name.
   *
   * @param parent the owner of their memory
   * @param input shape of what the block is given, with any batch and grid
   */
  public void initialise(NDManager parent, Shape input, long seed) {
    StartingValues.seed(parameters, seed);
    store = new ParameterStore(parent, false);
    block.initialize(parent, DataType.FLOAT32, input);
  }

  /** A pass with gradients, in graph where a gradient collector is open. */
  public NDArray learn(NDArray input) {
    return block.forward(store, new NDList(input), true).singletonOrThrow();
  }

  /** A pass for the teacher, from which no gradient flows. */
  public NDArray evaluate(NDArray input) {
    return block.forward(store, new NDList(input), false).singletonOrThrow().stopGradient();
  }

  /** All parameters by dotted name, in order of declaration. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }
}
