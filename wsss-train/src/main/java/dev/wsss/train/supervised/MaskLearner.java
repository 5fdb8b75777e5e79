package dev.wsss.train.supervised;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.InputSpec;
import java.util.Map;

/**
 * A network that learns from masks: one that segments, or one that tells which pixels belong
 * together. Owns its memory until it is closed; used by one thread.
 */
public interface MaskLearner extends AutoCloseable {

  /** How pixels are normalised before they enter. */
  InputSpec input();

  /**
   * All parameters, running statistics included, by dotted name; those of layers that no
   * pretraining knows begin with {@code head.}.
   */
  Map<String, Parameter> parameters();

  /**
   * The loss of some images, in graph: one number, a mean over what the labels count. At least one
   * of the labels is counted.
   *
   * @param images normalised, N×3×S×S
   * @param labels N×S×S class indices, int64; {@link dev.wsss.api.data.IndexMask#IGNORE} is not
   *     counted
   */
  NDArray loss(NDArray images, NDArray labels);

  @Override
  void close();
}
