package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.wsss.api.onnx.OnnxGraph;
import dev.wsss.api.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A backbone with a segmentation head: images B×3×H×W to scores B×(K+1)×h×w of background and
 * classes.
 *
 * <p>Parameters live as long as the network; what a pass returns belongs to the manager of its
 * input. Not for use by two threads at once.
 */
public final class SegmentationNetwork implements AutoCloseable {
  private final Backbone backbone;
  private final SegmentationHead head;
  private final List<FeatureSpec> taken;
  private final NetworkParameters parameters;

  /**
   * Initialises all parameters from {@code seed}, then lets the backbone overwrite its own with
   * pretrained ones. The parameters take gradients where the backbone and head did not freeze them.
   *
   * @param parent the owner of this network's memory until {@link #close()}
   */
  public SegmentationNetwork(
      NDManager parent, Backbone backbone, SegmentationHead head, long seed) {
    this(parent, backbone, head);
    initialise(seed);
    parameters.pretrain();
  }

  /** Like the constructor, but no pretrained weights are read: for values from a checkpoint. */
  public static SegmentationNetwork random(
      NDManager parent, Backbone backbone, SegmentationHead head, long seed) {
    SegmentationNetwork network = new SegmentationNetwork(parent, backbone, head);
    network.initialise(seed);
    return network;
  }

  private SegmentationNetwork(NDManager parent, Backbone backbone, SegmentationHead head) {
    this.backbone = backbone;
    this.head = head;
    this.taken = new ArrayList<>(head.levels().stream().map(backbone.levels()::get).toList());
    this.taken.add(backbone.output());
    this.parameters = new NetworkParameters(parent, backbone, head.block());
  }

  private void initialise(long seed) {
    parameters.initialise(
        seed,
        taken.stream().map(spec -> new Shape(1, spec.channels(), 4, 4)).toArray(Shape[]::new));
  }

  /** Scores in graph where a gradient collector is open; dropout and batch norm as in training. */
  public NDArray learn(NDArray images) {
    return forward(images, true);
  }

  /**
   * Scores in evaluation mode. Records a graph only if parameters take gradients. Nothing but its
   * output stays in memory, whatever the blocks leave behind.
   */
  public NDArray evaluate(NDArray images) {
    try (NDScope pass = new NDScope()) {
      pass.suppressNotUsedWarning();
      NDArray scores = forward(images, false);
      NDScope.unregister(scores);
      return scores;
    }
  }

  private NDArray forward(NDArray images, boolean training) {
    NDList features = features(images, training);
    NDArray scores =
        head.block().forward(parameters.store(), features, training).singletonOrThrow();
    for (NDArray between : features) {
      if (between != images && between != scores) {
        between.close(); // autograd keeps what it needs
      }
    }
    return scores;
  }

  private NDList features(NDArray images, boolean training) {
    ParameterStore store = parameters.store();
    if (head.levels().isEmpty()) {
      return backbone.block().forward(store, new NDList(images), training);
    }
    NDList all = backbone.forwardLevels(store, images, training);
    NDList features = new NDList();
    head.levels().forEach(level -> features.add(all.get(level)));
    features.add(all.get(all.size() - 1));
    for (int i = 0; i < all.size() - 1; i++) {
      if (!head.levels().contains(i) && all.get(i) != images) {
        all.get(i).close();
      }
    }
    return features;
  }

  /**
   * Writes a pass in evaluation mode as ONNX nodes.
   *
   * @param images normalised, N×3×H×W
   * @return scores N×(K+1)×h×w
   * @throws dev.wsss.api.onnx.OnnxException if a block or the head cannot be written
   */
  public OnnxValue export(OnnxGraph graph, OnnxValue images) {
    OnnxGraph own = graph.in("backbone");
    if (head.levels().isEmpty()) {
      return head.export(graph.in("head"), List.of(backbone.export(own, images)));
    }
    List<OnnxValue> all = backbone.exportLevels(own, images);
    List<OnnxValue> features = new ArrayList<>(head.levels().stream().map(all::get).toList());
    features.add(all.get(all.size() - 1));
    return head.export(graph.in("head"), features);
  }

  /** All parameters by name, and what can be done with all of them. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** How pixels are normalised before they enter. */
  public InputSpec input() {
    return backbone.input();
  }

  /** Whether a batch may be cut into parts that give the same scores and the same gradient. */
  public boolean imagesAreIndependent() {
    return backbone.imagesAreIndependent() && head.imagesAreIndependent();
  }

  /** The shortest side of a picture to look at; see {@link Backbone#shortestSide()}. */
  public int shortestSide() {
    return backbone.shortestSide();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
