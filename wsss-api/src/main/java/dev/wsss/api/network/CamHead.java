package dev.wsss.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;

/**
 * Turns a backbone's features into class activation maps.
 *
 * <p>An implementation may inject its configuration record, the backbone's {@link FeatureSpec}, the
 * data set's {@link dev.wsss.api.data.ClassNames} and {@link Kernels}.
 */
public interface CamHead {

  /**
   * Maps a list of one array B×C×h×w to a list of two: features B×D×h×w, and raw (unrectified)
   * class activation maps B×K×h×w. The same instance at every call.
   */
  Block block();

  /** Pools raw maps B×K×h×w to logits B×K. */
  NDArray pool(NDArray maps);
}
