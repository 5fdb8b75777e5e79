package dev.wsss.train.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.wsss.api.network.CamNetwork;
import dev.wsss.api.tensor.Constants;
import dev.wsss.train.loop.FiniteParameters;
import java.util.Optional;
import java.util.Random;

/**
 * Whether a network is worth keeping. One that has diverged would take the place of the last good
 * checkpoint, and no run could go on from it.
 *
 * <p>Its parameters are finite, and so are its logits of a picture of noise, none of which is
 * beyond a limit that no network comes near which learns: a loss is about as large as the logits of
 * the wrong sign.
 */
final class NetworkCheck {
  private static final int SIDE = 64;

  /** Of a logit, where {@code training.divergence-loss} is not larger. */
  private static final double LARGEST = 1e4;

  private final NDManager parent;
  private final double largest;

  /**
   * @param parent nothing in it outlives a call
   * @param divergenceLoss the largest loss that still counts as training
   */
  NetworkCheck(NDManager parent, double divergenceLoss) {
    this.parent = parent;
    this.largest = Math.max(LARGEST, divergenceLoss);
  }

  /** What is wrong with a network; empty where nothing is. */
  Optional<String> problem(CamNetwork network) {
    return network.withoutGradients(
        () -> {
          try (NDManager manager = parent.newSubManager();
              NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return FiniteParameters.problem(network.parameters())
                .or(() -> logits(network, manager));
          }
        });
  }

  private Optional<String> logits(CamNetwork network, NDManager manager) {
    Random random = new Random(0);
    float[] noise = new float[3 * SIDE * SIDE];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    NDArray image = Constants.of(manager, noise, 1, 3, SIDE, SIDE);
    float logit = largest(network.logits(network.evaluate(image).maps()));
    return logit <= largest // false for NaN
        ? Optional.empty()
        : Optional.of("its logits of a picture of noise reach " + logit);
  }

  /** NaN where one value is. */
  private static float largest(NDArray values) {
    return values.abs().max().getFloat();
  }
}
