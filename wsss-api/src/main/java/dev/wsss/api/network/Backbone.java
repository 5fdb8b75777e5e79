package dev.wsss.api.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Map;

/**
 * A convolutional network that turns images B×3×H×W into one feature map B×C×⌈H/r⌉×⌈W/r⌉.
 *
 * <p>An implementation may inject its configuration record only. Two instances are made a run, one
 * for the student and one for the teacher. Parameters are named by {@link ParameterNames}.
 */
public interface Backbone {

  /** The network; the same instance at every call. */
  Block block();

  /** Channels C and stride r of the output. */
  FeatureSpec output();

  /** How pixels are normalised before they enter. */
  InputSpec input();

  /**
   * Whether a training pass treats each image by itself, so that a batch cut into parts gives the
   * same features and the same gradient. Not so where batch norm uses the batch's own statistics.
   */
  default boolean imagesAreIndependent() {
    return false;
  }

  /**
   * Overwrites freshly initialised parameters, by dotted name, with pretrained ones; does nothing
   * where training starts from scratch.
   *
   * @throws WeightsException if the weights cannot be read or belong to another network
   */
  default void pretrain(Map<String, Parameter> parameters) {}
}
