package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import dev.wsss.api.tensor.Precision;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A backbone with a CAM head: images B×3×H×W to features B×D×h×w, maps B×K×h×w and logits B×K.
 *
 * <p>The student (MainNet) and the teacher (SupportNet) are two of these. Parameters live as long
 * as the network; what a pass returns belongs to the manager of its input. Not for use by two
 * threads at once.
 */
public final class CamNetwork implements AutoCloseable {
  private final Backbone backbone;
  private final CamHead head;
  private final NetworkParameters parameters;

  /**
   * Initialises all parameters from {@code seed}, then lets backbone and head overwrite their own
   * with pretrained ones. The parameters take gradients where the backbone and head did not freeze
   * them.
   *
   * @param parent the owner of this network's memory until {@link #close()}
   */
  public CamNetwork(NDManager parent, Backbone backbone, CamHead head, long seed) {
    this(parent, backbone, head);
    initialise(seed);
    parameters.pretrain();
    head.pretrain(ParameterNames.of(head.block()));
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
    this.parameters = new NetworkParameters(parent, backbone, head.block());
  }

  private void initialise(long seed) {
    parameters.initialise(seed, headInput());
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
    NDArray between = backboneFeatures(images, training);
    CamOutput output = throughHead(between, training);
    if (between != images && between != output.features() && between != output.maps()) {
      between.close(); // autograd keeps what it needs
    }
    return output;
  }

  /**
   * The first half of a pass in evaluation mode: what the head is given, B×C×h×w. Used with {@link
   * #evaluateHead}, where gradients with respect to it are wanted; arrays on the way are left to
   * the caller's scope.
   */
  public NDArray evaluateBackbone(NDArray images) {
    return backboneFeatures(images, false);
  }

  /** The second half, from what {@link #evaluateBackbone} gave. */
  public CamOutput evaluateHead(NDArray features) {
    return throughHead(features, false);
  }

  private NDArray backboneFeatures(NDArray images, boolean training) {
    return Precision.float32(
        backbone
            .block()
            .forward(parameters.store(), new NDList(images), training)
            .singletonOrThrow());
  }

  private CamOutput throughHead(NDArray features, boolean training) {
    NDList out =
        Precision.FLOAT32.during( // it costs little beside the backbone, and losses look at it
            features.getDevice(),
            () -> head.block().forward(parameters.store(), new NDList(features), training));
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

  /** Whether the backbone may run in bfloat16; see {@link Backbone#takesBfloat16()}. */
  public boolean takesBfloat16() {
    return backbone.takesBfloat16();
  }

  /** Shape of the features F of a picture, with any grid: 1×D×4×4. */
  public Shape features() {
    return head.block().getOutputShapes(new Shape[] {headInput()})[0];
  }

  private Shape headInput() {
    return new Shape(1, backbone.output().channels(), 4, 4);
  }

  /** Input pixels from one grid cell to the next. */
  public int strideInPixels() {
    return backbone.output().strideInPixels();
  }

  /** Grid cells along an axis of so many pixels; see {@link Backbone#gridCells(int)}. */
  public int gridCells(int pixels) {
    return backbone.gridCells(pixels);
  }

  /** The shortest side of a picture to look at; see {@link Backbone#shortestSide()}. */
  public int shortestSide() {
    return backbone.shortestSide();
  }

  /**
   * All parameters, running statistics included, by dotted name: {@code backbone.…} then {@code
   * head.…}, in order of declaration. Two networks of one configuration have the same names.
   */
  public Map<String, Parameter> parameters() {
    return parameters.byName();
  }

  /** Makes no parameter take gradients, so that passes record no graph: a teacher, or inference. */
  public void freeze() {
    parameters.freeze();
  }

  /** Runs {@code work} while no parameter takes gradients, as for scoring between epochs. */
  public <T> T withoutGradients(Supplier<T> work) {
    return parameters.withoutGradients(work);
  }

  /** As {@link NetworkParameters#pairedWith}. */
  public List<ParameterPair> pairedWith(CamNetwork other) {
    return parameters.pairedWith(other.parameters);
  }

  /** As {@link NetworkParameters#copyFrom}. */
  public void copyFrom(CamNetwork other) {
    parameters.copyFrom(other.parameters);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
