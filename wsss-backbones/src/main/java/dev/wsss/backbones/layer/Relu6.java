package dev.wsss.backbones.layer;

import dev.wsss.backbones.kernel.Elementwise;

/** {@code min(max(x, 0), 6)}; no gradient at or beyond the limits. */
public final class Relu6 extends Activation {

  public Relu6() {
    super(Elementwise.RELU6);
  }
}
