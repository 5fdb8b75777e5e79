package dev.wsss.backbones.layer;

import dev.wsss.backbones.kernel.Elementwise;

/** {@code max(x, 0)}. */
public final class Relu extends Activation {

  public Relu() {
    super(Elementwise.RELU);
  }
}
