package dev.wsss.api.listener;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.network.CamOutput;
import dev.wsss.api.network.InputSpec;
import java.util.Set;

/** A network that can be looked at and run, and not changed. */
public interface NetworkView {

  /** Dotted names of all parameters, running statistics included. */
  Set<String> parameters();

  /**
   * A copy of a parameter's values.
   *
   * @throws IllegalArgumentException if no parameter has this name
   */
  float[] values(String parameter);

  /** How pixels are normalised before they enter. */
  InputSpec input();

  /**
   * Runs in evaluation mode, without a graph; what it gives belongs to the manager of the images.
   *
   * @param images B×3×H×W, normalised
   */
  CamOutput evaluate(NDArray images);

  /** Pools raw maps B×K×h×w to logits B×K. */
  NDArray logits(NDArray maps);
}
