package dev.wsss.backbones.layer;

/** {@code min(max(x, 0), 6)}; no gradient at or beyond the limits. */
public final class Relu6 extends Activation {
  // DJL's clip is the same function, but its gradient takes four times as long.
  private static final Ops OPS = Ops.of("hardtanh", ", 0., 6.");

  public Relu6() {
    super(OPS);
  }
}
