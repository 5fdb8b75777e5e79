package dev.wsss.eval.cam;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.wsss.api.inference.CamModel;
import dev.wsss.api.inference.PixelBatch;
import dev.wsss.api.inference.RawMaps;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.network.CamOutput;
import java.util.Optional;

/**
 * A network of a run, for inference: whether it is still learning or not, its passes record no
 * graph and nothing native outlives them. Threads wait for each other.
 */
public final class TrainedModel implements CamModel {
  private final CamNetwork network;
  private final NDManager parent;

  /**
   * @param network not closed by this
   * @param parent on the network's device; each pass works in a manager below it
   */
  public TrainedModel(CamNetwork network, NDManager parent) {
    this.network = network;
    this.parent = parent;
  }

  @Override
  public int shortestSide() {
    return network.shortestSide();
  }

  @Override
  public synchronized RawMaps run(PixelBatch pixels, boolean features) {
    return network.withoutGradients(() -> pass(pixels, features));
  }

  private RawMaps pass(PixelBatch pixels, boolean features) {
    try (NDManager manager = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      CamOutput output = network.evaluate(NormalisedPixels.of(pixels, network.input(), manager));
      Shape grid = output.maps().getShape();
      return new RawMaps(
          pixels.count(),
          (int) grid.get(1),
          (int) grid.get(2),
          (int) grid.get(3),
          output.maps().toFloatArray(),
          network.logits(output.maps()).toFloatArray(),
          features ? Optional.of(output.features().toFloatArray()) : Optional.empty());
    }
  }

  /** Does nothing: the network belongs to the run. */
  @Override
  public void close() {}
}
