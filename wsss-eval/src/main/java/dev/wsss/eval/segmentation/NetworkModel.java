package dev.wsss.eval.segmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.PixelScores;
import dev.wsss.api.inference.SegmentationModel;
import dev.wsss.api.network.SegmentationNetwork;
import dev.wsss.eval.cam.NormalisedPixels;

/**
 * A network in the tensor engine, behind the boundary of inference. One thread after the other is
 * let in.
 */
public final class NetworkModel implements SegmentationModel {
  private final SegmentationNetwork network;
  private final NDManager parent;

  /**
   * @param network not closed by this
   * @param parent on the network's device; each pass works in a manager below it
   */
  public NetworkModel(SegmentationNetwork network, NDManager parent) {
    this.network = network;
    this.parent = parent;
  }

  @Override
  public int shortestSide() {
    return network.shortestSide();
  }

  @Override
  public synchronized PixelScores run(PixelBatch pixels) {
    return network.parameters().withoutGradients(() -> pass(pixels));
  }

  private PixelScores pass(PixelBatch pixels) {
    try (NDManager manager = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray scores = network.evaluate(NormalisedPixels.of(pixels, network.input(), manager));
      Shape shape = scores.getShape();
      return new PixelScores(
          pixels.count(),
          (int) shape.get(1),
          (int) shape.get(2),
          (int) shape.get(3),
          scores.toFloatArray());
    }
  }

  /** Does nothing: the network belongs to whoever made it. */
  @Override
  public void close() {}
}
