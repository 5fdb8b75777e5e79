package dev.wsss.api.network;

/**
 * How layers compute: {@code engine.kernels} of a configuration. A backbone or head may inject it.
 *
 * <p>Both give the same features and gradients, up to the rounding of another order of summation.
 */
public enum Kernels {
  /** In whatever way is fastest. */
  TUNED,
  /** By the engine's own operations, one by one: what to try first where something looks wrong. */
  PLAIN
}
