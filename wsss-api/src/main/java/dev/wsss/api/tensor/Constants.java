package dev.wsss.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Constants that a graph may keep.
 *
 * <p>An array made by {@code manager.create(values)} on the CPU borrows memory of the Java heap's
 * direct buffers. Once its handle is closed and the buffer collected, a graph that still refers to
 * it reads freed memory in backward, silently. {@code x.mul(0.5f)}, {@code div}, {@code pow},
 * {@code maximum} and {@code clip} with a number do exactly that: they make such an array and close
 * it at once. Inside a graph use {@link #mul} and {@link #of}, whose memory the engine owns.
 */
public final class Constants {

  // Starting values are constants, so every network comes by here before its first operation:
  // products of matrices and activations may be oneDNN's too, which reads its limit once.
  static {
    HiddenCaches.avoid();
  }

  private Constants() {}

  /** {@code x · factor}, safe in a graph. */
  public static NDArray mul(NDArray x, float factor) {
    try (NDArray scalar = x.getManager().full(new Shape(), factor)) {
      return x.mul(scalar);
    }
  }

  /** An array of the given shape in the engine's own memory. */
  public static NDArray of(NDManager manager, float[] values, long... shape) {
    try (NDArray borrowed = manager.create(values, new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** An array of the given shape in the engine's own memory; for indices. */
  public static NDArray of(NDManager manager, long[] values, long... shape) {
    try (NDArray borrowed = manager.create(values, new Shape(shape))) {
      return borrowed.duplicate();
    }
  }
}
