package dev.wsss.train.affinity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.Backbone;
import dev.wsss.api.network.FeatureSpec;
import dev.wsss.api.network.InputSpec;
import dev.wsss.api.network.NetworkParameters;
import dev.wsss.eval.refine.walk.Neighbours;
import dev.wsss.train.supervised.MaskLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

/**
 * AffinityNet (Ahn and Kwak 2018): images B×3×H×W to features B×F×h×w, whose differences say which
 * cells belong together.
 *
 * <p>It looks at the last features of a backbone, intermediate ones and the output, through {@link
 * AffinityHead}, on the grid of one of them. Owns its parameters until it is closed; used by one
 * thread at a time.
 */
final class AffinityNetwork implements MaskLearner {
  private final Backbone backbone;
  private final AffinityHead head;
  private final Neighbours neighbours;
  private final NetworkParameters parameters;
  private final int taken;

  /**
   * Draws starting values from a seed; {@link #pretrain()} puts pretrained ones over them.
   *
   * @param parent the owner of this network's memory until {@link #close()}
   * @param channels of each feature in the grid, the output's last; as many as the backbone has are
   *     taken, from the end
   * @param strideInPixels of the grid: that of the coarsest feature which is not coarser, or of the
   *     finest where all are
   */
  AffinityNetwork(
      NDManager parent,
      Backbone backbone,
      List<Integer> channels,
      int strideInPixels,
      Neighbours neighbours,
      long seed) {
    this.backbone = backbone;
    this.neighbours = neighbours;
    List<FeatureSpec> specs = new ArrayList<>(backbone.levels());
    specs.add(backbone.output());
    this.taken = Math.min(channels.size(), specs.size());
    specs = specs.subList(specs.size() - taken, specs.size());
    this.head =
        new AffinityHead(
            channels.subList(channels.size() - taken, channels.size()),
            gridOf(specs, strideInPixels));
    this.parameters = new NetworkParameters(parent, backbone, head);
    parameters.initialise(
        seed,
        specs.stream().map(spec -> new Shape(1, spec.channels(), 4, 4)).toArray(Shape[]::new));
  }

  private static int gridOf(List<FeatureSpec> specs, int strideInPixels) {
    int chosen = 0;
    for (int i = 1; i < specs.size(); i++) {
      if (specs.get(i).strideInPixels() <= strideInPixels) {
        chosen = i;
      }
    }
    return chosen;
  }

  /** Lets the backbone read the weights that it is configured with. */
  void pretrain() {
    parameters.pretrain();
  }

  /** Makes no parameter take gradients: the network is used, not trained. */
  void freeze() {
    parameters.freeze();
  }

  /** The shortest side of a picture to look at. */
  int shortestSide() {
    return backbone.shortestSide();
  }

  @Override
  public InputSpec input() {
    return backbone.input();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return parameters.byName();
  }

  @Override
  public NDArray loss(NDArray images, NDArray labels, ObjDoubleConsumer<String> log) {
    NDArray features = forward(images, true);
    Shape grid = features.getShape();
    int height = (int) grid.get(2);
    int width = (int) grid.get(3);
    byte[] cells = cells(labels, height, width);
    return AffinityLoss.of(features, PairTargets.of(cells, width, height, neighbours));
  }

  /** The label in the middle of each cell. */
  private static byte[] cells(NDArray labels, int height, int width) {
    int pictures = (int) labels.getShape().get(0);
    int side = (int) labels.getShape().get(1);
    long[] pixels = labels.toLongArray();
    byte[] cells = new byte[pictures * height * width];
    int to = 0;
    for (int picture = 0; picture < pictures; picture++) {
      for (int y = 0; y < height; y++) {
        int row = (picture * side + (2 * y + 1) * side / (2 * height)) * side;
        for (int x = 0; x < width; x++) {
          cells[to++] = (byte) pixels[row + (2 * x + 1) * side / (2 * width)];
        }
      }
    }
    return cells;
  }

  /** Features B×F×h×w in evaluation mode; nothing else stays in memory. */
  NDArray evaluate(NDArray images) {
    try (NDScope pass = new NDScope()) {
      pass.suppressNotUsedWarning();
      NDArray features = forward(images, false);
      NDScope.unregister(features);
      return features;
    }
  }

  private NDArray forward(NDArray images, boolean training) {
    NDList all = backbone.forwardLevels(parameters.store(), images, training);
    NDList features = new NDList(all.subList(all.size() - taken, all.size()));
    return head.forward(parameters.store(), features, training).singletonOrThrow();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
