package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.FusedUpdates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A backbone with a CAM head: images B×3×H×W to features B×D×h×w, maps B×K×h×w and logits B×K.
 *
 * <p>The student (MainNet) and the teacher (SupportNet) are two of these. Parameters live as long
 * as the network; what a pass returns belongs to the manager of its input. Not for use by two
 * threads at once.
 */
public final class CamNetwork implements AutoCloseable {
  private static final String BACKBONE = "backbone.";
  private static final String HEAD = "head.";

  /** No network needs more pixels for its first cell. */
  private static final int LARGEST_WINDOW = 4096;

  private final Backbone backbone;
  private final CamHead head;
  private final NDManager manager;
  private final ParameterStore store;
  private final Map<String, Parameter> parameters;

  /**
   * Initialises all parameters from {@code seed}, then lets the backbone overwrite its own with
   * pretrained ones. The parameters take gradients where the backbone and head did not freeze them.
   *
   * @param parent the owner of this network's memory until {@link #close()}
   */
  public CamNetwork(NDManager parent, Backbone backbone, CamHead head, long seed) {
    this(parent, backbone, head);
    initialise(seed);
    backbone.pretrain(Collections.unmodifiableMap(ParameterNames.of(backbone.block())));
  }

  /** Like the constructor, but no pretrained weights are read: for values from a checkpoint. */
  public static CamNetwork random(NDManager parent, Backbone backbone, CamHead head, long seed) {
    CamNetwork network = new CamNetwork(parent, backbone, head);
    network.initialise(seed);
    return network;
  }

  private CamNetwork(NDManager parent, Backbone backbone, CamHead head) {
    this.backbone = backbone;
    this.head = head;
    this.manager = parent.newSubManager();
    this.manager.setName("network");
    this.store = new ParameterStore(manager, false);
    this.parameters = new LinkedHashMap<>();
    ParameterNames.of(backbone.block())
        .forEach((name, parameter) -> parameters.put(BACKBONE + name, parameter));
    ParameterNames.of(head.block())
        .forEach((name, parameter) -> parameters.put(HEAD + name, parameter));
  }

  private void initialise(long seed) {
    parameters.forEach((name, parameter) -> seed(parameter, seed * 31 + name.hashCode()));
    initialise(backbone.block(), new Shape(1, 3, 64, 64));
    FeatureSpec features = backbone.output();
    initialise(head.block(), new Shape(1, features.channels(), 4, 4));
  }

  private void initialise(Block block, Shape input) {
    block.initialize(manager, DataType.FLOAT32, input);
  }

  private static void seed(Parameter parameter, long seed) {
    Initializer initializer = parameter.getInitializer();
    if (initializer instanceof Initialisation initialisation) {
      parameter.setInitializer((m, shape, type) -> initialisation.draw(m, shape, seed));
    } else if (parameter.getType() == Parameter.Type.WEIGHT) {
      parameter.setInitializer((m, shape, type) -> Initialisation.HE_NORMAL.draw(m, shape, seed));
    }
  }

  /** Runs the student: in graph where a gradient collector is open, batch norm as configured. */
  public CamOutput learn(NDArray images) {
    return forward(images, true);
  }

  /**
   * Runs in evaluation mode. Records a graph only if parameters take gradients; see {@link
   * #freeze()}. Nothing but its output stays in memory, whatever the blocks leave behind.
   */
  public CamOutput evaluate(NDArray images) {
    try (NDScope pass = new NDScope()) {
      pass.suppressNotUsedWarning();
      CamOutput output = forward(images, false);
      NDScope.unregister(output.features(), output.maps());
      return output;
    }
  }

  private CamOutput forward(NDArray images, boolean training) {
    NDList features = backbone.block().forward(store, new NDList(images), training);
    NDList out = head.block().forward(store, features, training);
    NDArray between = features.singletonOrThrow();
    if (between != images && between != out.get(0) && between != out.get(1)) {
      between.close(); // autograd keeps what it needs
    }
    return new CamOutput(out.get(0), out.get(1));
  }

  /** Pools raw maps B×K×h×w to logits B×K. */
  public NDArray logits(NDArray maps) {
    return head.pool(maps);
  }

  /**
   * Writes a pass in evaluation mode as ONNX nodes; may be called several times for one graph,
   * which then holds the parameters once.
   *
   * @param images normalised, N×3×H×W
   * @throws dev.wsss.api.onnx.OnnxException if a block or the head cannot be written
   */
  public OnnxCam export(OnnxGraph graph, OnnxValue images) {
    return head.export(graph.in("head"), backbone.export(graph.in("backbone"), images));
  }

  /**
   * Writes the pooling of raw maps N×K×h×w to logits N×K as ONNX nodes.
   *
   * @throws dev.wsss.api.onnx.OnnxException if the head cannot be written
   */
  public OnnxValue exportLogits(OnnxGraph graph, OnnxValue maps) {
    return head.exportPool(graph.in("head"), maps);
  }

  /** How pixels are normalised before they enter. */
  public InputSpec input() {
    return backbone.input();
  }

  /** Whether a batch may be cut into parts; see {@link Backbone#imagesAreIndependent()}. */
  public boolean imagesAreIndependent() {
    return backbone.imagesAreIndependent();
  }

  /** Input pixels from one grid cell to the next. */
  public int strideInPixels() {
    return backbone.output().strideInPixels();
  }

  /** Grid cells along an axis of so many pixels; see {@link Backbone#gridCells(int)}. */
  public int gridCells(int pixels) {
    return backbone.gridCells(pixels);
  }

  /**
   * The shortest side of a picture that makes sense to this network: a stride, or more where that
   * gives no grid cell.
   */
  public int shortestSide() {
    int stride = strideInPixels();
    return IntStream.range(stride, stride + LARGEST_WINDOW)
        .filter(pixels -> gridCells(pixels) > 0)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a picture of %d pixels a side gives the network no grid cell"
                        .formatted(stride + LARGEST_WINDOW - 1)));
  }

  /**
   * All parameters, running statistics included, by dotted name: {@code backbone.…} then {@code
   * head.…}, in order of declaration. Two networks of one configuration have the same names.
   */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Whether a parameter belongs to a layer that no pretraining knows. */
  public static boolean isNewLayer(String parameterName) {
    return parameterName.startsWith(HEAD);
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
  public List<ParameterPair> pairedWith(CamNetwork other) {
    return ParameterPair.byName(parameters, other.parameters);
  }

  /**
   * Copies every parameter's values, running statistics included, from a network of the same
   * configuration; throws as {@link #pairedWith} does, and then copies nothing.
   */
  public void copyFrom(CamNetwork other) {
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
