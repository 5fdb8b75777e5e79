package dev.wsss.backbones.layer;

/** {@code max(x, 0)}. */
public final class Relu extends Activation {
  private static final Ops OPS = Ops.of("relu", "");

  public Relu() {
    super(OPS);
  }
}
