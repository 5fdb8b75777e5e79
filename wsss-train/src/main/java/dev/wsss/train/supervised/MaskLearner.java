package dev.wsss.train.supervised;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.wsss.api.network.InputSpec;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;

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
   * @param log takes numbers that say what is learned, by name; a batch in parts reports their mean
   *     weighted by labelled pixels, an epoch the mean of its batches
   */
  NDArray loss(NDArray images, NDArray labels, ObjDoubleConsumer<String> log);

  /**
   * Numbers that say how good the network is by now, by name; an epoch ends with them. None unless
   * a learner has pictures for that.
   */
  default Map<String, Double> validate() {
    return Map.of();
  }

  @Override
  void close();
}
