package dev.wsss.eval.cam;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import java.util.BitSet;
import java.util.Optional;

/**
 * A network of a run whose maps are made of the gradients of its logits with respect to the
 * backbone's features: {@link MapMethod#GRAD_CAM} or {@link MapMethod#LAYER_CAM}. Logits and
 * features are those of {@link TrainedModel}.
 *
 * <p>A mean over more cells has smaller gradients in each; maps are therefore multiplied by the
 * number of cells, so that passes at several scales count alike. Behind one linear layer and a mean
 * Grad-CAM is CAM then.
 *
 * <p>A class takes a pass through the head and back. Threads wait for each other, of all models:
 * the engine collects gradients for one in a process, so that nothing may train meanwhile.
 */
public final class GradientModel implements CamModel {
  private static final Object ONE_COLLECTOR = new Object();

  private final CamNetwork network;
  private final NDManager parent;
  private final MapMethod method;

  /**
   * @param network not closed by this
   * @param parent on the network's device; each pass works in a manager below it
   */
  public GradientModel(CamNetwork network, NDManager parent, MapMethod method) {
    if (!method.takesGradients()) {
      throw new IllegalArgumentException(method + " needs no gradients: take a TrainedModel");
    }
    this.network = network;
    this.parent = parent;
    this.method = method;
  }

  @Override
  public int shortestSide() {
    return network.shortestSide();
  }

  @Override
  public boolean mapsAreAskedFor() {
    return true;
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features) {
    return run(pixels, features, Optional.empty());
  }

  @Override
  public RawMaps run(PixelBatch pixels, boolean features, BitSet classes) {
    return run(pixels, features, Optional.of(classes));
  }

  private RawMaps run(PixelBatch pixels, boolean features, Optional<BitSet> classes) {
    synchronized (ONE_COLLECTOR) {
      return network.withoutGradients(() -> pass(pixels, features, classes));
    }
  }

  private RawMaps pass(PixelBatch pixels, boolean features, Optional<BitSet> asked) {
    try (NDManager manager = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray images = NormalisedPixels.of(pixels, network.input(), manager);
      NDArray given = network.evaluateBackbone(images);
      CamOutput output = network.evaluateHead(given);
      Shape grid = output.maps().getShape();
      int count = pixels.count();
      int classes = (int) grid.get(1);
      int cells = (int) (grid.get(2) * grid.get(3));
      float[] maps = new float[count * classes * cells];
      for (int k = 0; k < classes; k++) {
        if (asked.isEmpty() || asked.get().get(k)) {
          float[] own = map(given, k);
          for (int i = 0; i < count; i++) {
            System.arraycopy(own, i * cells, maps, (i * classes + k) * cells, cells);
          }
        }
      }
      return new RawMaps(
          count,
          classes,
          (int) grid.get(2),
          (int) grid.get(3),
          maps,
          network.logits(output.maps()).toFloatArray(),
          features ? Optional.of(output.features().toFloatArray()) : Optional.empty());
    }
  }

  /** N·h·w values of one class. A logit depends on its own picture alone, so all go at once. */
  private float[] map(NDArray given, int k) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray features = given.duplicate();
      features.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = network.logits(network.evaluateHead(features).maps());
        collector.backward(logits.get(":, {}", k).sum());
      }
      NDArray gradient = features.getGradient();
      Shape grid = gradient.getShape();
      NDArray weights =
          method == MapMethod.GRAD_CAM
              ? gradient.sum(new int[] {2, 3}, true)
              : gradient.maximum(0).mul(grid.get(2) * grid.get(3));
      return given.mul(weights).sum(new int[] {1}).toFloatArray();
    }
  }

  /** Does nothing: the network belongs to the run. */
  @Override
  public void close() {}
}
