package dev.wsss.api.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.Supplier;

/**
 * The numbers in which a pass through a network multiplies: {@code training.precision}.
 *
 * <p>Parameters, gradients of parameters, losses and updates are float32 either way.
 */
public enum Precision {
  /** 24 bits of precision. */
  FLOAT32,

  /**
   * Mixed precision (Micikevicius et al. 2018, "Mixed Precision Training"): convolutions, linear
   * layers and matrix products take and give bfloat16, 8 bits of precision with float32's range,
   * and add up in float32; other layers take what comes. No loss has to be scaled, since no
   * gradient becomes too small for the range. It is the engine's own autocast, so that layers of
   * anybody's take part.
   */
  BFLOAT16;

  private static final ThreadLocal<Precision> NOW = ThreadLocal.withInitial(() -> FLOAT32);

  /** The precision of the pass that this thread is in. */
  public static Precision now() {
    return NOW.get();
  }

  /**
   * Runs a pass, forward; its gradients follow by themselves, also later.
   *
   * @param device of the arrays
   * @throws IllegalStateException if this engine has no such mode
   */
  public <T> T during(Device device, Supplier<T> pass) {
    Precision before = now();
    if (this == before) {
      return pass.get();
    }
    Autocast autocast = Autocast.of(device);
    NOW.set(this);
    autocast.set(this == BFLOAT16);
    try {
      return pass.get();
    } finally {
      autocast.set(before == BFLOAT16);
      NOW.set(before);
    }
  }

  /** An array in float32, in graph; closes {@code x} if that is another. */
  public static NDArray float32(NDArray x) {
    if (x.getDataType() == DataType.FLOAT32) {
      return x;
    }
    try (x) { // autograd keeps what it needs
      return Autocast.FLOAT32_OF.apply(x);
    }
  }
}
