package dev.wsss.backbones.kernel;

import ai.djl.ndarray.NDArray;
import dev.wsss.api.tensor.ScriptedOp;
import java.util.List;

/** A function of each element by itself, with its gradient. */
public final class Elementwise {
  /** {@code max(x, 0)}. */
  public static final Elementwise RELU = new Elementwise("relu", "");

  /**
   * {@code min(max(x, 0), 6)}; no gradient at or beyond the limits. DJL's clip is the same
   * function, but keeps memory that Java may take back (see {@link dev.wsss.api.tensor.Constants}).
   */
  public static final Elementwise RELU6 = new Elementwise("hardtanh", ", 0., 6.");

  private final ScriptedOp fresh;
  private final ScriptedOp inPlace;

  private Elementwise(String function, String arguments) {
    this.fresh = op(function, arguments);
    this.inPlace = op(function + "_", arguments);
  }

  private static ScriptedOp op(String function, String arguments) {
    String body = "return torch.%s(x%s)".formatted(function, arguments);
    return ScriptedOp.differentiable(function, List.of("x"), body);
  }

  /** A new array; {@code x} stays as it is. */
  public NDArray apply(NDArray x) {
    return fresh.apply(x);
  }

  /** Overwrites {@code x}, which nothing else may need; returns another handle of it. */
  NDArray overwrite(NDArray x) {
    return inPlace.apply(x);
  }
}
